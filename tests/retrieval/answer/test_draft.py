"""A draft: citations are numbered as they come, what is quoted of one part of a clause stands on one citation."""

import pytest

from tests.retrieval.answer.made import candidate
from zhice.retrieval.answer.draft import Draft, spoken
from zhice.retrieval.model import Line, Segment

TEXT = "第一条 每户补贴300元。\n由市住建局发放。\n第二条 每年申请一次。"
FIRST, SECOND = "第一条 每户补贴300元。\n由市住建局发放。\n", "第二条 每年申请一次。"


def test_citations_are_numbered_as_they_come():
    draft = Draft()
    first, second = candidate(TEXT, FIRST), candidate(TEXT, SECOND)
    assert [draft.number(one.cite()) for one in (second, first, second)] == [1, 2, 1]
    assert [citation.text for citation in draft.citations] == [SECOND, FIRST]


def test_what_is_quoted_of_one_clause_is_told_together():
    draft, one = Draft(), candidate(TEXT, FIRST)
    assert [draft.number(one.cite([span])) for span in ((14, 22), (4, 13), (4, 13))] == [1, 1, 1]
    assert draft.citations[0].quotes == ("每户补贴300元。", "由市住建局发放。")


def test_parts_of_one_clause_are_cited_apart():
    draft, whole = Draft(), (0, len(TEXT))
    parts = [candidate(TEXT, FIRST, clause=whole), candidate(TEXT, SECOND, clause=whole)]
    assert [draft.number(one.cite()) for one in parts] == [1, 2]
    assert [citation.whole for citation in draft.citations] == [False, False]


def test_quotes_are_slices_that_stand_on_a_citation():
    draft, one = Draft(), candidate(TEXT, FIRST)
    assert draft.quote(one, [((4, 8), ""), ((8, 12), "key")]) == [Segment("quote", "每户补贴", 1), Segment("quote", "300元", 1, "key")]


def test_lines():
    draft = Draft()
    draft.label("补贴办法：", "document")
    draft.add([Segment("quote", "", 1), Segment("label", "")])  # without words it is no line
    draft.add([Segment("quote", "每户", 1)], "duty")
    assert draft.lines == [Line((Segment("label", "补贴办法："),), "document"), Line((Segment("quote", "每户", 1),), "duty")]


@pytest.mark.parametrize(("words", "told"), [("甲\n乙", "甲 乙"), ("甲乙", "甲乙")])
def test_line_breaks_are_told_as_blanks(words, told):
    assert spoken(words) == told
