"""What became of each file of a folder: how it was read, what is missing, why it was left out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from zhice.corpus.formats.source import TEXT, Loss, Source

UNSURE = 0.8
"""The confidence of OCR below which a file is told among the losses."""


@dataclass(frozen=True, slots=True)
class Report:
    """One file: `how` as in `Source`, `clauses` and `pages` counted (0 where there are none), `skipped` why it is not there ("")."""

    file: str
    how: str = TEXT
    confidence: float = 1.0
    clauses: int = 0
    pages: int = 0
    losses: tuple[Loss, ...] = ()
    warnings: tuple[str, ...] = ()
    skipped: str = ""

    @classmethod
    def of(cls, source: Source, clauses: int) -> "Report":
        """That of a file which was read."""
        pages = len(set(source.pages))
        return cls(source.name, source.how, source.confidence, clauses, pages, source.losses, source.warnings)

    def row(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"losses": [asdict(loss) for loss in self.losses], "warnings": list(self.warnings)}


def of_row(row: Mapping[str, Any]) -> Report:
    """A report from its JSON."""
    losses = tuple(Loss(**loss) for loss in row["losses"])
    return Report(**{**row, "losses": losses, "warnings": tuple(row["warnings"])})


def short(message: str, *names: str) -> str:
    """The reason of an error without the name of the file, which stands before it."""
    for name in names:
        message = message.removeprefix(f"{name}: ")
    return message
