"""Saved answers are borne out by the index, and a changed one is not."""

import copy

import pytest

from zhice.retrieval.rows import answer_row
from zhice.retrieval.verify import faults


@pytest.fixture(scope="module")
def row(assistant):
    return answer_row(assistant.ask("大政办发〔2018〕54号第75条"), id="a")


def test_a_true_answer_stands(row, holdings):
    assert list(faults([row], holdings)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c.update(text=c["text"].replace("科技", "科学", 1)), "another in the index"),
        (lambda c: c.update(clause_id="dalian-2018-54/99"), "no clause"),
        (lambda c: c.update(spans=[[0, 10**6]]), "outside the text"),
        (lambda c: c["document"].update(id="nowhere"), "nowhere"),
        (lambda c: c.update(spans="x"), ""),
    ],
)
def test_a_changed_answer_does_not(change, said, row, holdings):
    changed = copy.deepcopy(row)
    change(changed["citations"][0])
    found = list(faults([changed], holdings))
    assert len(found) == 1 and said in found[0] and found[0].startswith("a [1]: ")


def test_an_answer_without_a_citation(holdings):
    assert list(faults([{"id": 7, "answered": True, "citations": []}], holdings)) == ["7: answered without a citation"]
