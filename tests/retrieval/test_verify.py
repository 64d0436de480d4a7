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


KINDS = [  # an answer of each kind stands
    "哪个部门负责知识产权质押",
    "征地拆迁有几个配合单位",
    "大连市科技局负责哪些任务，什么时候完成",
    "辽阳和大连的高新技术企业目标哪个多",
    "大连高新区跟金普新区比，哪个的双创支持多",
    "辽阳市科技强市有哪些保障措施",
    "大连市技术交易额目标是多少",
    "哪些文件提到孵化器",
    "语料里有哪些文件",
    "大政办发〔2018〕54号第3条到第4条",
    "事业单位人员可以离岗创业吗",
    "知识产权质押由谁配合",
    "沈阳市县域创新驱动发展的基本原则有哪些",
]


@pytest.mark.parametrize("question", KINDS)
def test_the_words_of_every_kind_of_answer_stand(question, assistant, holdings):
    assert list(faults([answer_row(assistant.ask(question), id="a")], holdings)) == []


@pytest.fixture(scope="module")
def tasks(assistant):
    return answer_row(assistant.ask("辽阳市科技局负责哪些任务"), id="a")


CHANGED = [  # what is changed in a true answer
    lambda row: row.update(text=row["text"].replace("科技", "科学", 1)),  # a word of a slice
    lambda row: row.update(text=row["text"] + "\n以上任务必须在年底前完成。"),  # a sentence of nobody
    lambda row: row.update(text=row["text"].replace("（责任）", "（不责任）", 1)),  # a wording of ours
    lambda row: row.update(text=row["text"].replace("[1]", "[99]", 1)),  # a mark that leads nowhere
    lambda row: row["items"].append("登月"),
    lambda row: row.update(table=[{"name": "辽阳市", "title": "", "words": "登月一次", "figures": []}]),
    lambda row: row.update(finding="辽阳市登月更多"),
]


@pytest.mark.parametrize("change", CHANGED)
def test_changed_words_do_not_stand(change, tasks, holdings):
    assert list(faults([tasks], holdings)) == []
    changed = copy.deepcopy(tasks)
    change(changed)
    assert len(list(faults([changed], holdings))) == 1
