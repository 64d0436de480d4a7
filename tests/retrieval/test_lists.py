"""The fewest clauses that carry a list, read from the five policies."""

import pytest

CARRIED = [  # the question, the clauses cited, the items of the answer
    # the best hit is one item (加强投入保障) under the heading asked for, 四、工作保障
    ("辽阳市科技强市有哪些保障措施", ["liaoyang-2017/4"], ["加强组织领导", "加强投入保障", "加强督导和示范"]),
    # a word of the question (投入) is the item's own: it alone
    ("辽阳市科技强市的投入保障有哪些要求", ["liaoyang-2017/4.2"], []),
    # the clause that leads in to its list carries it; what only speaks of the works does not
    (
        "辽阳市重点实施哪五大工程",
        ["liaoyang-2017/3"],
        ["实施创新主体壮大工程", "实施创新高地引领工程", "实施成果转化促进工程", "实施知识产权、质量强市工程", "实施创新环境构建工程"],
    ),
    # 《行动计划》包括三个大方面 leads in to another list than the one whose heading is asked for
    ("双台子区行动计划的重点任务有哪些方面", ["shuangtaizi-2018/2", "shuangtaizi-2018/2.2"], None),
]


@pytest.mark.parametrize(("question", "clauses", "items"), CARRIED)
def test_a_list_is_cited_in_the_fewest_clauses(question, clauses, items, assistant):
    answer = assistant.ask(question)
    assert answer.answered, answer.reason
    assert sorted(citation.clause.id for citation in answer.citations) == clauses
    assert items is None or list(answer.items) == items
