"""Words of one kind, of which a thing has but one: read from small rules."""

import pytest

from zhice.corpus import library
from zhice.retrieval import alternatives
from zhice.retrieval.lookup.drafting import cite
from zhice.retrieval.model import Query

RULES = """平湖市体育和贸易工作办法

第一条 申办2009年冬季运动会，经费由市体育局承担。
第二条 海关在3日内办结进出口货物的查验。
第三条 出口货物免收查验费。
第四条 小区配套幼儿园在6月底前移交。
第五条 第五次经济普查由市统计局组织。
第六条 专家组第一次到场后提出报告。
"""
CASES = [  # question, article, what is asked and what is told instead
    ("哪年办夏季运动会", 1, ("夏季", "冬季")),
    ("哪年办冬季运动会", 1, None),
    ("哪年办运动会", 1, None),
    ("进口货物几日办结查验", 2, None),  # 进出口 is both
    ("进口货物免收查验费吗", 3, ("进口", "出口")),
    ("进出口货物免收查验费吗", 3, None),
    ("进口和出口货物都免收查验费吗", 3, None),  # one of the two is told
    ("配套小学几月移交", 4, ("小学", "幼儿园")),
    ("第四次经济普查由谁组织", 5, ("第四次经济", "第五次经济")),
    ("第5次经济普查由谁组织", 5, None),  # the same number
    ("专家组第二次到底去了几天", 6, None),  # another thing is counted
]


@pytest.mark.parametrize(("question", "article", "told"), CASES)
def test_another_of_the_same_kind(question, article, told, tmp_path):
    (tmp_path / "rules.txt").write_text(RULES, "utf-8")
    parsed = library.load_folder(tmp_path)[0]
    clause = next(c for c in parsed.clauses if c.label == f"第{'一二三四五六'[article - 1]}条")
    assert alternatives.find(Query(question), [cite(parsed.document, clause)]) == told
