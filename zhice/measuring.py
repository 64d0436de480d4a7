"""`zhice eval`: runs the evaluation and prints its reports."""

import json
from pathlib import Path
from typing import Any

from zhice.errors import DatasetError
from zhice.eval import page, questions, report, runs
from zhice.index.store import ensure
from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings


def default_set() -> Path:
    """The questions on the five policies that come with the product."""
    return Path(questions.__file__).with_name("questions") / "policies.jsonl"


def qa(settings: Settings, sets: list[Path], misses: int, json_file: Path | None, html_file: Path | None) -> None:
    """Answers each set, prints its figures and, where asked, its misses; the written reports are over all sets."""
    asked = questions.load_all(sets or [default_set()])
    assistant = Assistant.open(ensure(settings), settings)
    rows: list[dict[str, Any]] = []
    for path, listed in asked.items():
        answered = runs.run(assistant, listed)
        rows += answered
        measured = runs.aggregate(listed, answered)
        if len(asked) > 1:
            print(path)
        print(report.table(measured))
        if misses:
            print(report.misses(measured, misses))
    whole = runs.aggregate([question for listed in asked.values() for question in listed], rows)
    if json_file is not None:
        write(json_file, json.dumps(report.as_json(whole), ensure_ascii=False, indent=1) + "\n")
    if html_file is not None:
        write(html_file, page.as_html(whole))


def write(path: Path, text: str) -> None:
    """Writes a report; raises DatasetError when it cannot."""
    try:
        path.write_text(text, "utf-8", errors="backslashreplace")
    except OSError as error:
        raise DatasetError(f"{path}: cannot be written ({error.strerror}); give another file") from error
