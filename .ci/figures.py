"""Measures the committed sets, each over the five policies; fails when success fell by more than a point.

The committed figures are in eval/figures.json, by set; `--write` commits the measured ones.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from zhice.eval import figures, questions, runs
from zhice.index.store import ensure
from zhice.measuring import default_set
from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings


def main() -> None:
    """Exits with 1 when the rule of `figures.fallen` is broken; other figures that are worse are only told."""
    settings = Settings()
    assistant = Assistant.open(ensure(settings), settings)
    measured: dict[str, dict[str, float]] = {}
    for path in sorted(default_set().parent.glob("*.jsonl")):
        asked = questions.load(path)
        measured[path.stem] = runs.aggregate(asked, runs.run(assistant, asked)).figures
        print(f"{path.stem}: success {measured[path.stem]['success']:.3f}")
    if "--write" in sys.argv:
        figures.write(measured)
    committed = figures.read()
    for line in figures.worse(committed, measured):
        print(f"note: {line}")
    lines = figures.fallen(committed, measured)
    print("\n".join(lines) or "no success fell")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
