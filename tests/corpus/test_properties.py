"""What holds for any text: found by search, not by example."""
# ruff: noqa: E501 - tables, one case a line

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus import invariants
from zhice.corpus import clean, html, markdown, outline
from zhice.corpus.annotate import annotate
from zhice.corpus.formats.text import decode
from zhice.errors import CorpusError

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STARTS = (
    "第一编 ", "第一章 ", "第二章", "第一节 ", "第一条 ", "第一条", "第二条 ", "第十条规定的", "第一条之一 ", "一、", "二、", "（一）", "(二)", "1.", "2.", "46.2018年", "(1)",
    "①", "1.1 ", "1.1.2 ", "1 ", "一是", "二是", "——", "目录", "附件1", "附件：", "附：", "2018年5月16日", "某市人民政府", "某发〔2018〕1号", "各市人民政府：", "（此件公开发布）",
    "（2018年5月16日通过", "首先，", "序号：1 | ", "“第三条 ", "关于某事的通知", "注：", "注：1.", "[1] ", "* ", "规划", "总则", "",
)  # fmt: skip
PIECES = (
    "总则", "为了规范，制定本条例。", "一是简化；二是减少。", "(由A局会同B局牵头,C局等参与)", "（责任单位：市科技局、各县(市)区政府）", "达到30家以上", "由2007年的3件增加到2012年的5件",
    "处五百元以上一千元以下罚款", "依照《某法》第三条第（二）项", "公安部负责", "；", "。", "：", "（", "）", "《", "”", "、", "**", " ", "\u3000", "首先，甲；其次，乙；最后，丙。", "2020年", "A&B", "x", "①。", "[1]", "*，",
)  # fmt: skip
line = st.builds(lambda start, rest: start + "".join(rest), st.sampled_from(STARTS), st.lists(st.sampled_from(PIECES), max_size=4))
policy = st.lists(line, max_size=25).map("\n".join)


def cleaned(text):
    return "\n".join(words for _, words in clean.clean(tuple(enumerate(text.split("\n"), 1))))


@QUICK
@given(policy)
def test_the_outline_of_any_policy(text):
    text = cleaned(text)
    clauses = outline.parse(text, "d")
    invariants.check(text, clauses)
    annotated = annotate(text, clauses)
    assert [clause.id for clause in annotated] == [clause.id for clause in clauses]
    for clause in annotated:
        for found in (*clause.duties, *clause.targets, *clause.references):
            assert 0 <= found.span[0] < found.span[1] <= len(text)
        assert all(text[slice(*duty.span)] == duty.department for duty in clause.duties)


@QUICK
@given(st.text(max_size=400))
def test_the_outline_of_any_text(text):
    clauses = outline.parse(text, "d")
    invariants.check(text, clauses)
    annotate(text, clauses)


@QUICK
@given(st.one_of(policy, st.text(max_size=300)))
def test_cleaned_lines_are_lines_of_the_raw_text(text):
    raw = tuple(enumerate(text.split("\n"), 1))
    lines = clean.clean(raw)
    assert all(1 <= number <= len(raw) for number, _ in lines)
    assert [number for number, _ in lines] == sorted({number for number, _ in lines})
    assert all(words.strip() and "\n" not in words for _, words in lines)


@QUICK
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_told_to_be_none(data):
    try:
        assert isinstance(decode(data, "x").text, str)
    except CorpusError as error:
        assert "\n" not in str(error)


@QUICK
@given(st.text(max_size=200), st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "gb18030")))
def test_chinese_text_comes_back_from_its_encoding(text, encoding):
    text = "关于科技创新的通知" + "".join(char for char in text if "\u4e00" <= char <= "\u9fff")
    assert decode(text.encode(encoding), "x").text == text


@QUICK
@given(
    st.lists(
        st.sampled_from(
            (
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<br>",
                "甲",
                "乙。",
                "<a href='x'>",
                "<script>",
                "&lt;",
                "\n",
                "|",
                "# ",
                "---",
            )
        )
    ).map("".join)
)
def test_any_markup_reads(text):
    assert all(words for _, words in html.read(text).lines)
    assert all(number >= 1 for number, _ in markdown.lines(text))
