"""Minimal pairs: a question that is answered, and the same with one word changed, to which nothing here is an answer."""

import pytest

from tests.retrieval.answer.measures import CITIES


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    """An assistant over four measures of two cities with the default embedder and the committed judge."""
    from zhice.index.store import build_folders
    from zhice.retrieval.assistant import Assistant
    from zhice.settings import Settings

    root = tmp_path_factory.mktemp("measures")
    (root / "docs").mkdir()
    for name, (_, text) in CITIES.items():
        (root / "docs" / f"{name}.txt").write_text(text, "utf-8")
    entries = (f'[[document]]\nfile = "{name}.txt"\nid = "{name}"\nregion = "{region}"\n' for name, (region, _) in CITIES.items())
    (root / "docs.toml").write_text("".join(entries), "utf-8")
    build_folders([root / "docs"], Settings(store=root / "store"))
    return Assistant.open(root / "store")


PAIRS = [  # the question, the clause that answers it, the question that none does
    ("珠海市每部电梯补贴多少万元", "homes/条2", "沈阳市每部电梯补贴多少万元"),  # another place
    ("洛阳市小学课后服务收费多少", "schools/条1", "西安市小学课后服务收费多少"),
    ("洛阳市小学课后服务收费多少", "schools/条1", "珠海市小学课后服务收费多少"),  # of which there are other documents
    ("小微企业租用厂房补贴多少", "shops/条3", "小微企业购买设备补贴多少"),  # another kind of thing
    ("奖励资金什么时候拨付", "shops/条6", "教师工资什么时候拨付"),
    ("小微企业一次性奖励多少万元", "shops/条2", "小微企业一次性奖励多少平方米"),  # another unit
    ("每部电梯补贴多少万元", "homes/条2", "每部电梯补贴多少公斤"),
]


@pytest.mark.parametrize(("question", "clause", "changed"), PAIRS)
def test_one_word_changed_is_refused(question, clause, changed, assistant):
    answer, other = assistant.ask(question), assistant.ask(changed)
    assert answer.answered and clause in [citation.clause.id for citation in answer.citations]
    assert not other.answered and other.citations == ()
    assert other.reason and other.nearest


LOWER = [  # the question, and the same with one word changed: the first is much surer, though the second may be told with a caveat
    ("2023年首次认定的小微企业奖励多少钱", "2019年首次认定的小微企业奖励多少钱"),  # another year
    ("2021年秋季学期起开展课后服务的是哪些学校", "2016年秋季学期起开展课后服务的是哪些学校"),
    ("洛阳市古树多久普查一次", "珠海市古树多久普查一次"),  # another place
    ("珠海市小微企业奖励多少", "洛阳市小微企业奖励多少"),
    ("每部电梯补贴多少钱", "每部汽车补贴多少钱"),  # another kind of thing
    ("损伤古树罚款多少", "损伤路灯罚款多少"),
    ("古树普查由谁组织", "人口普查由谁组织"),
    ("加装电梯要多少业主同意", "加装电梯要交多少保证金"),
    ("首次认定的小微企业奖励多少", "首次认定的上市公司奖励多少"),  # another group
    ("小学课后服务收费多少", "幼儿园课后服务收费多少"),
    ("年满70周岁的老人居住的楼栋优先办理吗", "残疾军人居住的楼栋优先办理吗"),
    ("古树几年普查一次", "古树普查多少公里"),  # another unit
    ("受理奖励申请要几个工作日", "受理奖励申请要几公里路"),
]


@pytest.mark.parametrize(("question", "changed"), LOWER)
def test_one_word_changed_is_less_sure(question, changed, assistant):
    assert assistant.ask(question).confidence > assistant.ask(changed).confidence + 0.05


def test_a_place_that_is_not_here_is_the_reason(assistant):
    assert "沈阳市" in assistant.ask("沈阳市每部电梯补贴多少万元").reason
