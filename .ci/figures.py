"""Measures the answers to the set that comes with the product; fails when a figure fell under eval/figures.json.

`--write` commits the measured figures.
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
    """Exits with 1 when a figure fell by more than a point."""
    settings = Settings()
    assistant = Assistant.open(ensure(settings), settings)
    asked = questions.load(default_set())
    measured = {"policies": runs.aggregate(asked, runs.run(assistant, asked)).figures}
    if "--write" in sys.argv:
        figures.write(measured)
    lines = figures.fallen(figures.read(), measured)
    print("\n".join(lines) or f"success {measured['policies']['success']:.3f}: no figure fell")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
