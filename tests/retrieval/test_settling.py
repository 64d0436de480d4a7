"""Whether something is so: the sentence that settles it, its narrowest clause, and a refusal where nothing does."""

import pytest

from zhice.retrieval import settling


@pytest.mark.parametrize(
    ("question", "words", "worth"),
    [
        ("可以同时在两家机构执业吗", "专利代理师不得同时在两个以上机构执业。", 1),
        ("能不能结转下年使用", "剩余资金可结转下一年度继续使用。", 1),
        ("是否必须做音像记录", "对文字记录能够全面反映的，无需进行音像记录。", 1),
        ("有没有一次性资助", "对新认定的机构给予一次性资助。", 1),
        ("是否必须公开", "可以根据需要公开。", 0.5),
        ("还要上缴国有资本收益吗", "文化企业可免缴国有资本收益。", 1),  # 有 in 国有 asks for nothing
        ("能不能开设石油期货", "近期增设石油期货品种的条件还不成熟。", 1),
        ("能用国债资金吗", "不宜安排国债资金支持。", 1),
        ("抽查比例有上限吗", "抽查比例不设上限。", 1),
        ("补助有没有上限", "给予最高2000万元的补助。", 1),
        ("能否享受补偿", "工程期内暂无法享受补偿政策。", 1),
        ("行不行", "确保财政科技投入高于经常性收入的增长。", 0.5),
        ("可以结转吗", "科技项目共45个。", 0),
        ("能不能开设石油期货", "开设石油期货有一定难度。", 1),
        ("可以结转吗", "按技术难度分级。", 0),
        ("有没有补助", "占地不超过50平方米。", 0),  # a ceiling gives nothing
        ("可以结转吗", "各单位按要求报送需求。", 0),  # 要 and 需 are no words of their own here
    ],
)
def test_settles(question, words, worth):
    assert settling.settles(question, words) == worth


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("政务新媒体可以登商业广告吗？", "登商业广告吗?"),
        ("企业能不能自己定标准", "自己定标准"),
        ("高校会不会予以审查", "予以审查"),
        ("支持新能源产业吗", "支持新能源产业吗"),  # 能 inside 新能源 asks nothing
        ("把科研经费拿去买房，可以吗", "把科研经费拿去买房,可以吗"),
    ],
)
def test_what_is_asked(question, asked):
    assert settling.asked(question) == asked


SETTLED = [  # question, the clause and the words that settle it
    ("大连的高校院所能不能自行采购科研仪器设备？", "dalian-2018-54/8.17.104", "允许高校院所自行采购科研仪器设备"),
    ("大连市科技项目上年度剩余的资金可以结转到下一年继续用吗？", "dalian-2018-54/8.17.104", "剩余资金可结转下一年度继续使用"),
    ("大连对新认定的技术转移示范机构有没有一次性资助？", "dalian-2018-54/7.14.83", "给予一次性资助"),
    ("大连的规范性文件没有公平竞争审查意见书，会不会予以合法性审查？", "dalian-2018-54/8.16.95.2", "否则不予合法性审查"),
    ("大连是不是对科普基地给资金支持？", "dalian-2018-54/9.24.132", "对科普基地给予资金支持"),
    ("辽阳市是否支持企业在海外建立研发机构？", "liaoyang-2017/3.3.1", "支持企业在海外建立研发机构"),
    ("辽宁县域政策有没有规定鼓励农民搞电子商务创业？", "liaoning-county/2.4", "鼓励农民开展电子商务创业"),
    ("自主创新能力提升行动计划有没有规定设立科技成果转化奖？", "huzhou-innovation/2.3.4", "设立科技成果转化奖"),
    ("大连对组建专利联盟有没有补助？", "dalian-2018-54/5.7.37.1", "对专利联盟给予补助"),
    ("大连的优秀众创空间能不能领到运营补贴？", "dalian-2018-54/7.12.69", "给予补贴"),  # how it is had is not what is had
    ("大连会给国外研发机构补助吗？", "dalian-2018-54/6.10.52.1", "给予最高2000万元的补助"),  # 国内外 is both
    # in other words, where one clause leads by far
    ("在大连起草文件没附公平竞争审查意见书，法制办还给审吗？", "dalian-2018-54/8.16.95.2", "否则不予合法性审查"),
    ("按自主创新能力提升行动计划，政府科技投入涨得比经常性收入慢，行不行？", "huzhou-innovation/3.4.款1", "确保财政科技投入的增长幅度高于"),
]


@pytest.mark.parametrize(("question", "clause_id", "words"), SETTLED)
def test_one_sentence_settles_it(question, clause_id, words, assistant):
    answer = assistant.ask(question)
    assert [c.clause.id for c in answer.citations] == [clause_id]
    assert words in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "大连的众创空间能不能开餐馆？",
        "大连的高新技术企业可以免缴社保吗？",
        "辽宁县域的科技特派员可以领双份工资吗？",
        "双台子区有没有设备补贴？",  # here the thing is given to others, or something else is given
        "湖州市给不给商标注册人奖励？",
        "辽宁省县域有没有农机补贴？",
    ],
)
def test_what_is_left_open_is_refused(question, assistant):
    answer = assistant.ask(question)
    assert not answer.answered
    assert "没有写明这件事" in answer.reason
    assert answer.nearest


RULES = """春江市档案管理办法

第一条 市档案馆可以接受个人捐赠的族谱。个人可以查阅已经开放的族谱；未开放的族谱，不得查阅。
第二条 族谱由市档案馆修复。
"""


def test_the_other_way_round_stands_beside_it(tmp_path):
    from zhice.index.store import build_folders
    from zhice.retrieval.assistant import Assistant
    from zhice.settings import Settings

    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "archive.txt").write_text(RULES, "utf-8")
    build_folders([tmp_path / "rules"], Settings(store=tmp_path / "store"))
    answer = Assistant.open(tmp_path / "store").ask("个人可以查阅未开放的族谱吗？")
    assert "未开放的族谱，不得查阅。" in answer.text
    assert "市档案馆修复" not in answer.text


REQUESTS = """春江省答复函

一、关于渡口补贴问题。你市请求，省里给予渡口补贴。
省财政局提出：渡口补贴不属于省级支出，不予安排。
二、关于修建码头。同意修建码头。
"""


def test_what_is_only_requested_or_named_settles_nothing(tmp_path):
    from zhice.index.store import build_folders
    from zhice.retrieval.assistant import Assistant
    from zhice.settings import Settings

    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text(REQUESTS, "utf-8")
    build_folders([tmp_path / "letters"], Settings(store=tmp_path / "store"))
    answer = Assistant.open(tmp_path / "store").ask("省里给不给渡口补贴？")
    assert "不予安排" in answer.text
    assert "请求" not in answer.text
