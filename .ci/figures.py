"""Measures the committed sets; fails when success of one fell by more than a point.

Each shipped set is asked over the five policies; where $ZHICE_SHARED is present, its set `gov` over an index of its pages
`gov`, built for this and thrown away. The committed figures are in eval/figures.json, by set; `--write` commits the measured ones.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from zhice.eval import figures, questions, runs
from zhice.index.store import build_folders, ensure
from zhice.measuring import default_set
from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings

GOV = "gov"


def main() -> None:
    """Exits with 1 when the rule of `figures.fallen` is broken; other figures that are worse are only told."""
    before = figures.read()
    measured: dict[str, dict[str, float]] = {}
    for path, assistant in measurable():
        asked = questions.load(path)
        measured[path.stem] = runs.aggregate(asked, runs.run(assistant, asked)).figures
        print(f"{path.stem}: success {measured[path.stem]['success']:.3f}")
    if "--write" in sys.argv:
        figures.write(before | measured)
    committed = {name: values for name, values in figures.read().items() if name in measured or name != GOV}
    for line in figures.worse(committed, measured):
        print(f"note: {line}")
    lines = figures.fallen(committed, measured)
    print("\n".join(lines) or "no success fell")
    sys.exit(bool(lines))


def measurable() -> Iterator[tuple[Path, Assistant]]:
    """Each set that can be measured here with the assistant to ask."""
    settings = Settings()
    policies = Assistant.open(ensure(settings), settings)
    yield from ((path, policies) for path in sorted(default_set().parent.glob("*.jsonl")))
    shared = Path(os.environ.get("ZHICE_SHARED") or "none")
    if not (shared / GOV).is_dir():
        print(f"{GOV}: not measured, since $ZHICE_SHARED has no pages")
        return
    with TemporaryDirectory() as folder:
        settings = Settings(store=Path(folder) / "store")
        build_folders([shared / GOV], settings)
        yield shared / "eval" / f"{GOV}.jsonl", Assistant.open(settings=settings)


if __name__ == "__main__":
    main()
