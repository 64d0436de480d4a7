"""Whose a figure is, where it is not that of all its document is about; read from the plan below."""

import pytest

from zhice.corpus import library
from zhice.retrieval.answer import subjects

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


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    return library.load_folder(folder)[0]


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
def test_whose_a_figure_is(plan, value, whose):
    figures = [(target, clause) for clause in plan.clauses for target in clause.targets if f"{target.value}{target.unit}" == value]
    told = [subjects.of(target, clause, plan.document).words for target, clause in figures]
    assert told == [whose]
