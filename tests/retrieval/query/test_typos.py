"""Typing slips: what sounds or looks like a word of the documents is read as that word; what is a word stays.

The slips and the questions are made up for these tests; the right word stands beside each.
"""

import pytest

from zhice.retrieval.query.lookalikes import lookalikes, rough, sound
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.query.typos import Mender

KNOWN = [("牵头", 30), ("科技", 90), ("孵化器", 12), ("目标", 40), ("众创空间", 9), ("市企", 3), ("工业", 50), ("工艺", 45), ("公益", 45)]


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("由谁千头", "由谁牵头"),  # by sound
        ("浮化器目标", "孵化器目标"),
        ("孵化嚣目标", "孵化器目标"),  # by shape
        ("众创空问有几家", "众创空间有几家"),
        ("科机目标", "科技目标"),  # both in shape and in sound
        ("科技目标是什么", "科技目标是什么"),
        ("天气怎么样", "天气怎么样"),  # a usual word, though no document has it
        ("视器", "视器"),  # no word, but like none of the documents either
        ("市金", "市金"),  # 市企 is in no dictionary and stands too seldom to be what was meant
        ("工益", "工益"),  # 工艺 and 公益 are as likely
        ("abc 123", "abc 123"),
    ],
)
def test_correct(question, read):
    assert Mender(KNOWN).correct(question)[0] == read


BEHIND = [("创新", 60), ("券", 4), ("_新券", 4), ("事", 9), ("_法事", 9), ("事项", 80), ("_新政", 9), ("政", 2), ("政策", 90)]


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("创新卷怎么领", "创新券怎么领"),  # by shape
        ("创新劵怎么领", "创新券怎么领"),  # a character that only GBK has
        ("创新的卷", "创新的卷"),  # behind another character
        ("执法审查", "执法审查"),  # 法事 is of 执法事项: 事 begins words oftener than it is one
        ("创新证", "创新证"),  # 新政 is of 创新政策
        ("2件新卷", "2件新券"),  # what a figure counts is no word's beginning
    ],
)
def test_a_word_of_one_character_is_told_by_its_neighbour(question, read):
    assert Mender(BEHIND).correct(question)[0] == read


def test_what_a_figure_counts_is_no_word():
    assert Mender([("条件", 90)]).correct("第17条讲的啥")[0] == "第17条讲的啥"


def test_names_are_spared():
    assert Mender([("共和", 9)]).correct("公合", ("公合办",))[0] == "公合"


def test_an_index_without_words_mends_nothing():
    assert Mender([]).correct("由谁千头") == ("由谁千头", ())


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("土", "士", True), ("权", "杈", True), ("贵", "责", True), ("未", "末", True), ("帐", "账", True), ("科", "大", False)],
)
def test_lookalikes_go_both_ways(one, other, alike):
    assert (other in lookalikes()[one]) is (one in lookalikes()[other]) is alike


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("政策", "增策", True),
        ("生产", "申产", True),
        ("研发", "研花", True),
        ("金融", "金农", False),
        ("你", "里", True),
    ],
)
def test_sounds_that_regions_do_not_keep_apart(one, other, same):
    assert (rough(sound(one)) == rough(sound(other))) is same


SLIPS = [
    ("知识产杈保护由谁牵头", "知识产杈 → 知识产权"),
    ("哪个部门负贵技术市场", "负贵 → 负责"),
    ("科枝金融怎么发展", "科枝 → 科技"),
    ("引进一名院土给多少补助", "院土 → 院士"),
    ("质量强市工作由谁牵关", "牵关 → 牵头"),
    ("高新技术企亚目标数量", "企亚 → 企业"),
    ("大学生创薪基地怎么建设", "创薪 → 创新"),
    ("质童提升行动的目标是什么", "质童 → 质量"),
    ("高层次入才有哪些支持政策", "入才 → 人才"),
    ("全社会研发投人占比目标", "投人 → 投入"),
    ("晶牌建设的责任单位", "晶牌 → 品牌"),
    ("技木合同成交额目标是多少", "技木 → 技术"),
    ("杜会信用体系建设的任务", "杜会 → 社会"),
    ("末来产业怎么培育", "末来 → 未来"),
    ("有哪些保瘴措施", "保瘴 → 保障"),
    ("科技成果转北奖励", "转北 → 转化"),
    ("公共服务平合的建设目标", "平合 → 平台"),
    ("军民触合发展由哪些部门负责", "触合 → 融合"),
    ("发明砖利拥有量目标", "砖利 → 专利"),
    ("知识产全质押融资由谁负责", "知识产全 → 知识产权"),
    ("这项任务的责认单位", "责认 → 责任"),
    ("科技创心券怎么用", "创心 → 创新"),
    ("这项工作由谁配和", "配和 → 配合"),
    ("圆士工作站建设多少家", "圆士 → 院士"),
    ("质良强市的目标", "质良 → 质量"),
    ("企业研法中心怎么支持", "研法 → 研发"),
    ("专项姿金怎么安排", "姿金 → 资金"),
    ("给企业的补铁有多少", "补铁 → 补贴"),
    ("科技成过转化目标", "成过 → 成果"),
    ("税守优惠政策有哪些", "税守 → 税收"),
    ("创新卷政策由哪个部门负责", "创新卷 → 创新券"),
    ("发放创新劵的目标", "创新劵 → 创新券"),
    ("企业背增计划", "背增 → 倍增"),
    ("科技创兴平台有哪些", "创兴 → 创新"),
    ("只识产权的目标", "只识产权 → 知识产权"),
    ("有哪些扶持增策", "增策 → 政策"),
    ("战略性新兴产叶目标", "产叶 → 产业"),
]


@pytest.mark.parametrize(("question", "corrected"), SLIPS)
def test_slips_are_mended_and_told(question, corrected, collection):
    typed, read = corrected.split(" → ")
    query = understand(question, collection)
    assert query.text == question.replace(typed, read)
    (told,) = query.corrected  # may be told of a longer word: 发明砖利 → 发明专利
    assert all(word in part for word, part in zip((typed, read), told.split(" → "), strict=True))


RIGHT = [
    "天气怎么样",
    "今天股市行情如何",
    "火锅怎么做好吃",
    "张桂梅的事迹",
    "褚时健种什么水果",
    "罗永浩的直播间",
    "司徒雷登是谁",
    "元宇宙产业怎么发展",
    "大熊猫保护由谁负责",
    "彩礼有什么规定",
    "离婚冷静期多长",
    "网约车驾驶员的条件",
    "预制菜有什么标准",
    "房产税什么时候开征",
    "猴痘怎么防控",
    "田长制是什么",
    "烟花爆竹禁放范围",
    "大闸蟹地理标志",
    "茅台镇白酒产业",
    "页岩气产量目标",
    "光伏扶贫由谁负责",
    "海底隧道什么时候开工",
    "浙大校友会",
    "中科院化物所承担什么任务",
    "瓦房店轴承产业",
    "獐子岛渔业",
    "沈抚新区的任务",
    "放管服改革由谁负责",
    "瞪羚企业和独角兽企业",
    "揭榜挂帅",
    "军转民由谁负责",
    "两化融合贯标",
    "植物新品种权",
    "车库咖啡",
    "气瓶检验",
    "园长由谁任命",
    "未婚职工",
    "已婚职工",
    "士兵退役安置",
    "甲方乙方",
    "账单查询",
    "辛苦费",
    "徽章",
    "羸弱",
    "侵权行为",
    "第五十条",
    "三十五家",
    "国籍",
    "中止",
]


@pytest.mark.parametrize("question", RIGHT)
def test_what_is_right_stays(question, collection):
    query = understand(question, collection)
    assert (query.text, query.corrected) == (question, ())


def test_the_query_tells_what_was_mended(collection):
    query = understand("标准话战略由谁千头？", collection)
    assert query.corrected == ("标准话 → 标准化", "千头 → 牵头")
    assert query.intent == "who"
