"""Makes questions and answer rows of which a test only says what it is about."""

from collections.abc import Callable
from typing import Any

import pytest

from zhice.eval.questions import Question

BLANK = {"intent": "content", "style": "formal", "docs": ("d.txt",), "evidence": ("甲",), "any_of": False}


@pytest.fixture
def make_question() -> Callable[..., Question]:
    def make(id: str = "q-1", **fields: Any) -> Question:
        defaults = {"question": f"问{id}", "answer": "答", "answer_items": (), "history": ()}
        return Question(id=id, **{**BLANK, **defaults, **fields})

    return make


@pytest.fixture
def make_row() -> Callable[..., dict[str, Any]]:
    def make(id: str = "q-1", cited: tuple[str, ...] = (), **fields: Any) -> dict[str, Any]:
        document = {"id": "d", "title": "办法", "number": "", "file": "d.txt"}
        citations = [{"document": document, "clause_id": f"d/{i}", "text": t} for i, t in enumerate(cited, start=1)]
        return {"id": id, "answered": True, "text": "", "items": [], "citations": citations, "seconds": 0.0, **fields}

    return make
