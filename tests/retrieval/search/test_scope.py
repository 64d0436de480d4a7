"""Which of the five policies a question is about, and what it names that is not here; read from the documents."""

import pytest

from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import scope

LIAOYANG, LIAONING, SHUANGTAIZI, DALIAN, HUZHOU = (
    "liaoyang-2017",
    "liaoning-county",
    "shuangtaizi-2018",
    "dalian-2018-54",
    "huzhou-innovation",
)
EVERY = ()
SCOPES = [
    ("哪个部门负责知识产权质押", EVERY, ()),
    ("大连市哪个部门负责知识产权质押", (DALIAN,), ((DALIAN,),)),
    ("大连的孵化器目标", (DALIAN,), ((DALIAN,),)),  # the short name
    ("dalian incubators", (DALIAN,), ((DALIAN,),)),  # in pinyin
    ("双台子区的产业技术研究院", (SHUANGTAIZI,), ((SHUANGTAIZI,),)),
    ("辽宁省县域科普由谁负责", (LIAONING,), ((LIAONING,),)),  # its own, not those of the places in it
    ("省里对县域创新有什么要求", (LIAONING,), ((LIAONING,),)),
    ("盘锦市引进高层次人才", (SHUANGTAIZI,), ((SHUANGTAIZI,),)),  # a place without documents: of the places in it
    ("大政办发〔2018〕54号第75条", (DALIAN,), ((DALIAN,),)),
    ("54号文有哪些任务", (DALIAN,), ((DALIAN,),)),
    ("《自主创新能力提升行动计划》有哪些目标", (HUZHOU,), ((HUZHOU,),)),
    ("大连和辽阳的发明专利目标各是多少", (DALIAN, LIAOYANG), ((DALIAN,), (LIAOYANG,))),
    ("辽阳与大连的研发投入有什么区别", (LIAOYANG, DALIAN), ((LIAOYANG,), (DALIAN,))),
    ("沈阳市2018年高新技术企业目标", EVERY, ()),  # no document is about it: the judge sees what others say of it
    ("鞍山和抚顺的研发投入", EVERY, ()),
    ("研发费加计扣除,省里县域文件和大连的文件有何不同", (DALIAN, LIAONING), ((DALIAN,), (LIAONING,))),
]


@pytest.mark.parametrize(("question", "documents", "groups"), SCOPES)
def test_the_documents_and_what_is_compared(question, documents, groups, collection):
    found = scope.of(understand(question, collection), collection)
    assert (found.documents, found.groups, found.missing) == (documents, groups, "")


MISSING = [
    ("国办发〔1999〕3号讲了什么", "语料里没有国办发〔1999〕3号文件。"),
    ("大政办发〔2018〕55号第3条", "语料里没有大政办发〔2018〕55号文件。"),
]


@pytest.mark.parametrize(("question", "missing"), MISSING)
def test_what_is_named_and_not_here(question, missing, collection):
    found = scope.of(understand(question, collection), collection)
    assert (found.documents, found.groups, found.missing) == ((), (), missing)


@pytest.mark.parametrize(
    ("question", "history", "documents"),
    [
        ("那双台子区呢？", ("大连市2018年高新技术企业要达到多少家？",), (SHUANGTAIZI,)),
        ("由谁配合？", ("大连市知识产权质押由谁牵头？",), (DALIAN,)),
        ("沈阳市呢？", ("大连市知识产权质押由谁牵头？",), ()),
    ],
)
def test_a_follow_up_inherits_its_place(question, history, documents, collection):
    found = scope.of(understand(question, collection, history), collection)
    assert (found.documents, found.missing) == (documents, "")
