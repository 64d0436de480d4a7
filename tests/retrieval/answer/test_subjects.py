"""Figures that answer: whose they are, by when, in the fewest words; shares, counts and figures for each of some kept apart."""

from dataclasses import replace

import pytest

from zhice.corpus import library
from zhice.corpus.model import Target
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval import figures
from zhice.retrieval.answer import magnitudes, subjects
from zhice.retrieval.answering import Answering
from zhice.retrieval.lookup.drafting import Material
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import weights
from zhice.retrieval.search.searcher import Searcher

PLAN = """平湖市科技发展三年行动计划（2021—2023年）

平政发〔2021〕6号

一、主要目标
到2023年，全市研发经费支出占地区生产总值比重达到3%，技术合同成交额达到40亿元，每万人口发明专利拥有量达到21件，科技服务业营业收入达到90亿元。规模以上工业企业研发机构设置率达到60%。
二、重点任务
（一）建设创新高地。到2023年，平湖经济技术开发区加快集聚创新资源，研发经费支出占地区生产总值比重达到5%；技术合同成交额达到12亿元；每万人口发明专利拥有量达到66件。
（二）做强临港产业。2022年，技术合同成交额达到4亿元，引进科技项目30个。（责任单位：独山港区管委会）
（三）壮大创新主体。依托开发区、高校和骨干企业，建设众创空间9家。对科技型中小企业给予贷款贴息，单户贴息不超过20万元。到2023年，新设实验室40个。
（四）滨海新区发展目标
1.到2023年，引进高层次人才80人，新增孵化面积5万平方米。
（五）秀水县
1.到2023年，新增农业示范基地8个。
"""
AIMS = """平湖市人才工作方案

平政发〔2021〕7号

一、工作目标
到2025年，实现以下目标：
引进领军人才50名，技能人才总量达到6万人。
国有企业新设实验室7个，每年开放实验室3次。
二、培训工作
到2023年，开展职业技能培训2万人次；到2025年，开展职业技能培训5万人次。
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    (folder / "aims.txt").write_text(AIMS, "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    fitted = weights.load()
    unsure = replace(fitted, confidence={**fitted.confidence, "sure": 0.0})  # the hash embedder knows no meaning
    return Searcher(Collection.of(stores.load(folder / "store")), HashEmbedder(), unsure)


def every(searcher):
    collection = searcher.collection
    return [
        (target, clause, document)
        for document in collection.documents
        for clause in collection.clauses[document.id]
        for target in clause.targets
    ]


WHOSE = [  # value, whose
    ("3%", ""),
    ("40亿元", ""),
    ("21件", ""),
    ("60%", "规模以上工业企业"),  # by the name of the indicator
    ("5%", "平湖经济技术开发区"),  # by what opens the sentence
    ("12亿元", "平湖经济技术开发区"),  # past semicolons
    ("4亿元", "独山港区"),  # by the only body that answers for it
    ("9家", ""),  # 依托开发区: a means, not whose
    ("80人", "滨海新区"),  # by the heading
    ("5万平方米", "滨海新区"),
    ("8个", "秀水县"),
]


@pytest.mark.parametrize(("value", "whose"), WHOSE)
def test_whose_a_figure_is(searcher, value, whose):
    told = [subjects.of(t, clause, document).words for t, clause, document in every(searcher) if f"{t.value}{t.unit}" == value]
    assert told == [whose]


@pytest.mark.parametrize(("value", "year"), [("40亿元", "2023"), ("66件", "2023"), ("4亿元", "2022"), ("9家", "2023"), ("50名", "2025")])
def test_the_year_is_that_of_the_clause_the_lead_in_or_the_title(searcher, value, year):
    (told,) = [figures.figure(t, c, d, searcher.collection).year for t, c, d in every(searcher) if f"{t.value}{t.unit}" == value]
    assert told == year


ANSWERS = [  # question, the lines, the figures with whose and when
    (
        "平湖市2023年技术合同成交额目标是多少？",
        "到2023年……技术合同成交额达到40亿元 [1]",
        [("技术合同成交额", "40亿元", "2023")],
    ),
    (
        "平湖经济技术开发区的技术合同成交额要达到多少？",
        "到2023年，平湖经济技术开发区……技术合同成交额达到12亿元 [1]",
        [("平湖经济技术开发区技术合同成交额", "12亿元", "2023")],
    ),
    (
        "经开区每万人口发明专利拥有量是多少件？",
        "到2023年，平湖经济技术开发区……每万人口发明专利拥有量达到66件。 [1]",
        [("平湖经济技术开发区每万人口发明专利拥有量", "66件", "2023")],
    ),
    (
        "独山港区技术合同成交额是多少？",
        "独山港区：2022年，技术合同成交额达到4亿元 [1]",
        [("独山港区技术合同成交额", "4亿元", "2022")],
    ),
    (
        "研发经费支出占GDP比重是多少？",
        "到2023年，全市研发经费支出占地区生产总值比重达到3% [1]",
        [("研发经费支出占地区生产总值比重", "3%", "2023")],
    ),
    (  # only the year that is asked for
        "2025年要开展职业技能培训多少人次？",
        "到2025年，开展职业技能培训5万人次。 [1]",
        [("职业技能培训", "5万人次", "2025")],
    ),
    (  # the zone has none of its own: whose the figure is comes first
        "平湖高新区科技服务业营业收入是多少？",
        "平湖市：到2023年……科技服务业营业收入达到90亿元。 [1]",
        [("科技服务业营业收入", "90亿元", "2023")],
    ),
    (
        "要建多少家众创空间？",
        "依托开发区、高校和骨干企业，建设众创空间9家。 [1]",
        [("众创空间", "9家", "2023")],
    ),
]


@pytest.mark.parametrize(("question", "text", "told"), ANSWERS)
def test_the_figure_asked_for_in_the_fewest_words(searcher, question, text, told):
    answer = Answering(searcher, understand(question, searcher.collection)).answer()
    assert answer.text == text
    assert [(figure.name, figure.value, figure.year) for figure in answer.figures] == told


SHARED = [  # the sentence of a plan, the names of its figures as told
    ("到2025年，发明专利申请量和授权量达到300件和40件。", ["发明专利申请量", "发明专利授权量"]),
    ("到2025年，国内商标申请及授权量达到200件和30件。", ["国内商标申请", "国内商标授权量"]),
    ("到2025年，城镇失业率和通胀率达到3%和2%。", ["城镇失业率", "通胀率"]),  # no acts on one thing
    ("到2025年，外资企业利润达到3亿元，授权量达到40件。", ["外资企业利润", "授权量"]),
]


@pytest.mark.parametrize(("sentence", "names"), SHARED)
def test_a_name_has_what_it_shares_with_the_one_before_it(sentence, names, tmp_path):
    (tmp_path / "plan.txt").write_text(f"平湖市计划\n\n一、目标\n{sentence}\n", "utf-8")
    parsed = library.load_folder(tmp_path)[0]
    found = [figures.full_name(target, clause, parsed.document) for clause in parsed.clauses for target in clause.targets]
    assert found == names


def test_no_document_answers_for_the_whole_where_another_has_the_part_asked_about(searcher):
    answering = Answering(searcher, understand("国有企业新设实验室多少个？", searcher.collection))
    hits = answering.search(())
    found = figures.chosen(Material(answering.query, hits, searcher.collection, answering.relevance), hits)
    assert [(one.target.name, one.target.value) for one in found] == [("国有企业新设实验室", "7")]


def target(name, value, unit, change=""):
    return Target(name, "=", value, unit, "", "", (0, 1), change)


@pytest.mark.parametrize(
    ("question", "name", "value", "unit", "wanted"),
    [
        ("高新技术企业数量是多少", "高新技术企业", "100", "家", True),
        ("高新技术企业有多少家", "高新技术企业数量占全市", "40", "%", False),
        ("扶持多少家企业", "企业补助", "50", "万元", False),
        ("研发投入占GDP的比重", "研发经费支出占地区生产总值比重", "2", "%", True),
        ("研发投入占GDP的比重", "国有企业研发投入占主营业务收入比重", "3", "%", False),
        ("研发投入占销售收入比例", "企业研发投入占主营业务销售收入比重", "3", "%", True),
        ("每万人发明专利多少件", "每万人口发明专利拥有量", "18", "件", True),
        ("每万人发明专利多少件", "发明专利授权量", "650", "件", False),
        ("单户500万元以上的贷款费率上限", "单户贷款金额", "500", "万元", False),
        ("单户500万元以上的贷款费率上限", "贷款费率", "1.5", "%", True),
    ],
)
def test_the_kind_of_figure_a_question_asks_for(question, name, value, unit, wanted):
    assert magnitudes.wanted(question)(target(name, value, unit)) is wanted


@pytest.mark.parametrize(
    ("name", "question", "spelled"),
    [
        ("高新技术企业", "高新技术企业要达到多少家", True),
        ("高新技术企业数量", "两市高新技术企业目标哪个高", True),
        ("高新技术企业", "高新技术企业研发投入是多少", False),
        ("孵化器", "孵化器 家数 面积", True),
        ("企业", "企业有多少家", False),
    ],
)
def test_an_indicator_spelled_out(name, question, spelled):
    assert magnitudes.spelled(name, question) is spelled
