"""A figure asked by the row and the column of a table that it stands in."""

from dataclasses import replace

import pytest

from zhice.index.store import build_folders
from zhice.retrieval.assistant import Assistant, weighing
from zhice.retrieval.search import weights
from zhice.settings import Settings

PLAN = """平湖市中小学招生计划

一、各街道小学按下表招生，由市教育局负责。
附：
小学招生计划表
街道：总计 | 2020年招生人数：170 | 扩招：25 | 分年度计划·2021年：180 | 分年度计划·2022年：195
街道：东山 | 2020年招生人数：90 | 扩招：15 | 分年度计划·2021年：95 | 分年度计划·2022年：105
街道：西河 | 2020年招生人数：80（含借读） | 扩招：10 | 分年度计划·2021年：85 | 分年度计划·2022年：90
"""
CASES = [  # question, the lines of the answer
    ("2022年东山小学招生多少人", ["街道：东山……分年度计划·2022年：105 [1]"]),
    ("西河2020年小学招生多少人", ["街道：西河……2020年招生人数：80（含借读） [1]"]),
    ("西河小学扩招多少人", ["街道：西河……扩招：10 [1]"]),  # by the header that the question says, without a year
    ("东山和西河2021年小学各招生多少人", ["街道：东山……分年度计划·2021年：95 [1]", "街道：西河……分年度计划·2021年：85 [2]"]),
    ("东山2021年和2022年小学各招生多少人", ["街道：东山……分年度计划·2021年：95……分年度计划·2022年：105 [1]"]),
    ("2019年东山小学招生多少人", []),  # no column of that year
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    root = tmp_path_factory.mktemp("cells")
    (root / "plans").mkdir()
    (root / "plans" / "plan.txt").write_text(PLAN, "utf-8")
    build_folders([root / "plans"], Settings(store=root / "store"))
    usual = weights.load()
    return weighing(Assistant.open(root / "store"), replace(usual, confidence=dict.fromkeys(usual.confidence, 0.0)))


@pytest.mark.parametrize(("question", "lines"), CASES)
def test_a_figure_of_a_table(question, lines, assistant):
    answer = assistant.ask(question)
    assert sorted(answer.text.split("\n") if answer.answered else []) == lines
