"""Look-ups past the vectors over the five policies: clauses by address, 文号, dates; what is not there is told."""

import pytest

from zhice.retrieval.lookup import direct
from zhice.retrieval.lookup.missing import Absent
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import scope

LIAOYANG, LIAONING, SHUANGTAIZI, DALIAN, HUZHOU = (
    "liaoyang-2017",
    "liaoning-county",
    "shuangtaizi-2018",
    "dalian-2018-54",
    "huzhou-innovation",
)


def looked_up(question, collection):
    query = understand(question, collection)
    return direct.direct(query, scope.of(query, collection), collection)


CLAUSES = [
    ("大政办发〔2018〕54号第75条", [f"{DALIAN}/7.13.75"]),
    ("大连54号文第94条第（1）项", [f"{DALIAN}/8.16.94.1"]),
    ("八(十五)90(2)", [f"{DALIAN}/8.15.90.2"]),  # no document named: the only one that has it
    ("辽阳市方案第三部分第(二)项讲了什么", [f"{LIAOYANG}/3.2"]),
    ("《自主创新能力提升行动计划》第三部分保障措施第（四）条规定了什么？", [f"{HUZHOU}/3.4"]),
    ("大连54号文第75、76条", [f"{DALIAN}/7.13.75", f"{DALIAN}/7.13.76"]),
    ("大连54号文第75条至第77条", [f"{DALIAN}/7.13.75", f"{DALIAN}/7.13.76", f"{DALIAN}/7.13.77"]),
]


@pytest.mark.parametrize(("question", "clause_ids"), CLAUSES)
def test_a_clause_by_its_address(question, clause_ids, collection):
    cited = [citation for _, citation in looked_up(question, collection).lines if citation]
    assert [citation.clause.id for citation in cited] == clause_ids
    assert all(citation.quotes == (citation.text,) for citation in cited)  # quoted whole


NOWHERE = [
    ("大政办发〔2018〕54号第200条", "里没有第200条", [f"{DALIAN}/9.24.133"]),
    ("第九百条", "语料里没有第九百条。", []),
    ("民法典第五条", "语料里没有《民法典》。", []),
    ("《中华人民共和国行政处罚法》第五条", "语料里没有《中华人民共和国行政处罚法》。", []),
    ("《科技创新券管理办法》规定了什么", "语料里没有“科技创新券管理办法”这份文件", [f"{DALIAN}/5.5.27"]),
]


@pytest.mark.parametrize(("question", "reason", "nearest"), NOWHERE)
def test_what_is_not_there_is_told_with_what_is_nearest(question, reason, nearest, collection):
    found = looked_up(question, collection)
    assert isinstance(found, Absent)
    assert reason in found.reason
    assert [citation.clause.id for citation in found.nearest] == nearest


FACTS = [
    ("大政办发〔2018〕54号文件是哪天印发的？", f"{DALIAN}/落款", "2018年5月16日"),
    ("大连市2018年工作计划的文号是什么", f"{DALIAN}/文号", "大政办发〔2018〕54号"),
    ("大连市2018年工作计划什么时候印发的", f"{DALIAN}/落款", "2018年5月16日"),
    ("《大连市支持科技创新若干政策措施》的发文字号是什么？", f"{DALIAN}/5.5.29.2", "大政发〔2017〕52号"),  # only cited
    ("《关于调整高新园区机构编制事项的通知》的文号", f"{DALIAN}/3.1.2.2", "大编发〔2017〕9号"),
    ("大连推广中关村科技政策的意见，文号是多少", f"{DALIAN}/5.9.49", "大政发〔2017〕16号"),  # cited, and named in part
    ("审计署服务科技强国建设的那份文件号是多少", f"{DALIAN}/9.23.129.1", "审政研发〔2016〕61号"),
]


@pytest.mark.parametrize(("question", "clause_id", "words"), FACTS)
def test_the_number_or_the_day_of_a_document(question, clause_id, words, collection):
    cited = {c.clause.id: said for said, c in looked_up(question, collection).lines if c}
    assert words in cited[clause_id]


@pytest.mark.parametrize(
    "question",
    [
        "哪个部门负责知识产权质押",
        "大连市2018年技术交易额目标是多少",
        "科技创新券怎么用",
        "大连市哪些任务要在2018年完成",
        "辽阳市五大工程方案是为落实哪个文件而制定的？",
        "双台子区起草三年行动计划是为了贯彻哪些上级文件？",
    ],
)
def test_all_else_is_searched(question, collection):
    assert looked_up(question, collection) is None
