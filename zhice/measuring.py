"""`zhice eval`: runs the evaluation and prints its reports."""

import json
from pathlib import Path

from zhice.errors import DatasetError
from zhice.eval import questions, report, runs
from zhice.index.store import ensure
from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings


def default_set() -> Path:
    """The questions on the five policies that come with the product."""
    return Path(questions.__file__).with_name("questions") / "policies.jsonl"


def qa(settings: Settings, sets: list[Path], misses: int, json_file: Path | None, html_file: Path | None) -> None:
    """Answers each set, prints its figures and, where asked, its misses; writes the reports of the last set."""
    assistant = Assistant.open(ensure(settings), settings)
    for path in sets or [default_set()]:
        asked = questions.load(path)
        measured = runs.aggregate(asked, runs.run(assistant, asked))
        print(report.table(measured))
        if misses:
            print(report.misses(measured, misses))
        if json_file is not None:
            _write(json_file, json.dumps(report.as_json(measured), ensure_ascii=False, indent=1) + "\n")
        if html_file is not None:
            _write(html_file, report.as_html(measured))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise DatasetError(f"{path}: cannot be written ({error.strerror}); give another file") from error
