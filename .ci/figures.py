"""Measures the open sets, each by a judge that learned nothing from its documents; fails when success or balanced accuracy of one
fell by more than a point.

The set that is shipped is asked over the five policies. Where $ZHICE_SHARED is present, `gov` is asked over its pages and `daily-a` and
`daily-b` over their documents, of which some are read as text made by LibreOffice and pdftotext; these indexes are thrown away.
The committed figures are in eval/figures.json, by set; `--write` commits the measured ones.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from zhice.eval import as_they_are, figures, questions, runs
from zhice.eval.judging import conversion, left_out, material
from zhice.eval.questions import Question
from zhice.index.store import build_folders, ensure
from zhice.measuring import default_set
from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings

SHIPPED = "policies"
SHARED = {"gov": "gov", "daily-a": "daily/a", "daily-b": "daily/b"}
"""The sets of the shared folder, each with where its documents are."""


def main() -> None:
    """Exits with 1 when the rule of `figures.fallen` is broken; other figures that are worse are only told."""
    before = figures.read()
    measured: dict[str, dict[str, float]] = {}
    for path, assistant in measurable():
        asked = questions.load(path)
        assistant.judge = left_out.read(path.stem)
        answered = runs.run(assistant, asked)
        found = runs.aggregate(asked, answered).figures
        measured[path.stem] = {name: found[name] for name in figures.KEPT}
        print(f"{path.stem}: {' '.join(f'{name} {value:.3f}' for name, value in measured[path.stem].items())}")
        print(f"  answerable questions: success {_answerable(asked, answered)}", end="")
        print(f", of the {as_they_are.NAME} {_answerable(asked, as_they_are.rows(assistant.searcher, asked))}", flush=True)
    if "--write" in sys.argv:
        figures.write(before | measured)
    committed = {name: values for name, values in figures.read().items() if name in measured or name == SHIPPED}
    for line in figures.worse(committed, measured):
        print(f"note: {line}")
    lines = figures.fallen(committed, measured)
    print("\n".join(lines) or "nothing fell")
    sys.exit(bool(lines))


def _answerable(asked: Sequence[Question], rows: Iterable[dict[str, Any]]) -> str:
    """The success of answers to the questions that have one."""
    return f"{runs.aggregate([question for question in asked if question.answerable], rows).figures['success']:.3f}"


def measurable() -> Iterator[tuple[Path, Assistant]]:
    """Each set that can be measured here with the assistant to ask; tells which cannot."""
    settings = Settings()
    yield default_set(), Assistant.open(ensure(settings), settings)
    shared = Path(os.environ.get("ZHICE_SHARED") or "none")
    for name, where in SHARED.items():
        folder = shared / where
        keys = sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
        lacking = conversion.lacking() if any(map(conversion.converted, keys)) else []
        if not keys or lacking:
            why = f"{' and '.join(lacking)} not installed" if lacking else "$ZHICE_SHARED has no documents of it"
            print(f"{name}: not measured, since {why}")
            continue
        with TemporaryDirectory() as work:
            material.folder(folder, keys, Path(work) / name)
            settings = Settings(store=Path(work) / "store")
            build_folders([Path(work) / name], settings)
            yield shared / "eval" / f"{name}.jsonl", Assistant.open(settings=settings)


if __name__ == "__main__":
    main()
