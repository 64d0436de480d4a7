"""Other names of departments that documents teach, and what a name of another level finds."""

import pytest

from zhice.corpus import library, outline
from zhice.corpus.annotate import annotate
from zhice.corpus.model import Document
from zhice.retrieval.query import aliases
from zhice.retrieval.query.aliases import Alias
from zhice.retrieval.query.department_names import Departments


def learned(*texts, region=""):
    documents = [Document(id=f"d{i}", title="", text=text, region=region) for i, text in enumerate(texts)]
    found = aliases.learn((d, annotate(d.text, outline.parse(d.text, d.id))) for d in documents)
    return {(alias.name, alias.full, alias.learned) for alias in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国证券监督管理委员会(以下简称“证监会”)依法监管。", {("证监会", "中国证券监督管理委员会", "简称")}),
        ("由国家市场监督管理总局（简称市场监管总局）公布。", {("市场监管总局", "国家市场监督管理总局", "简称")}),
        ("淮河水资源保护领导小组(以下简称领导小组)负责协调。", set()),  # any such group is called so
        ("《实施意见》（以下简称《意见》）", set()),
        ("支持创新。（责任单位：市科技局（知识产权局））", {("知识产权局", "市科技局（知识产权局）", "括号")}),
        ("支持创新。（责任单位：省政府办公厅（室））", set()),
        ("一、甲（市经信委负责）\n二、乙（市经济和信息化委员会负责）\n", {("市经信委", "市经济和信息化委员会", "缩写")}),
        ("一、甲（人社部负责）\n二、乙（人力资源社会保障部负责）\n", {("人社部", "人力资源社会保障部", "缩写")}),
        ("一、甲（市经信委、市经济和信息化委员会负责）\n", set()),  # named side by side: two organs
        ("一、甲（市经信委负责）\n二、乙（省经济和信息化委员会负责）\n", set()),  # of two levels
        ("一、甲（市教育局负责）\n二、乙（市教育体育局负责）\n", set()),  # a part of a name is no abbreviation
        ("一、甲（市环保局负责）\n二、乙（市环境保护局负责）\n三、丙（市环境卫生保洁局负责）\n", set()),  # which of two?
        ("一、甲（市财政局负责）\n二、乙（财政局负责）\n", set()),  # only the level: the plain name tells that
    ],
)
def test_names_that_a_document_teaches(text, expected):
    assert learned(text) == expected


def test_documents_of_one_region_teach_together():
    texts = ("一、甲（市环保局负责）\n", "一、乙（市环境保护局负责）\n")
    assert learned(*texts, region="大连市") == {("市环保局", "市环境保护局", "缩写")}
    assert learned(*texts) == set()


def test_the_policies_teach_one_name():
    documents = [library.load(path) for path in sorted(library.default_folder().glob("*.txt"))]
    found = aliases.learn((parsed.document, parsed.clauses) for parsed in documents)
    assert found == (Alias("知识产权局", "市科技局(知识产权局)", "括号"),)


@pytest.mark.parametrize(
    ("name", "level", "rest"),
    [
        ("市科技局", "市", "科技局"),
        ("大连市科技局", "市", "科技局"),
        ("省科协", "省", "科协"),
        ("自治区财政厅", "省", "财政厅"),
        ("国家粮食局", "国", "粮食局"),
        ("县级农业局", "县", "农业局"),
        ("科协", "", "科协"),
        ("市场监管局", "", "市场监管局"),
        ("市政管理局", "", "市政管理局"),
        ("市政府法制办", "市", "法制办"),  # of a government
        ("省人民政府金融办公室", "省", "金融办公室"),
        ("市政府办公室", "市", "政府办公室"),
    ],
)
def test_level(name, level, rest):
    assert (aliases.level(name), aliases.without_level(name)) == (level, rest)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("市科协负责什么", ("科协",)),
        ("科协负责什么", ("科协",)),
        ("省科协负责什么", ()),
        ("知识产权局负责什么", ("知识产权局", "科技局")),
        ("国家知识产权局负责什么", ("知识产权局",)),
        ("公安部门负责什么", ("公安局",)),
        ("城市建设和交通怎么管", ()),  # 交通 and 建设 are fields of work, no names
    ],
)
def test_departments_of_a_question(question, expected):
    named = Departments(["市科协", "市科技局(知识产权局)", "公安", "交通", "建设"], [Alias("知识产权局", "市科技局(知识产权局)", "括号")])
    assert named.find(question) == expected
