"""Follow-ups: what leans on the question before, and what it exchanges there."""

import pytest

from zhice.retrieval.query.parsing import understand

LEANING = [  # question before, question, topic
    ("第十六届软交会由谁承办", "那专交会呢", "专交会由谁承办"),  # another fair, and so another count of them
    ("第十六届软交会由谁承办", "专交会呢？", "专交会由谁承办"),
    ("软交会由谁承办", "那孵化器呢", "软交会由谁承办"),  # nothing there is written like it
    ("孵化器由谁负责", "那孵化器呢", "孵化器由谁负责"),  # the same again
    ("大连市2018年高新技术企业要达到多少家", "那2020年呢", "大连市2020年高新技术企业要达到多少家"),
    ("军民融合由哪些部门负责", "参与的部门有哪些", "军民融合由哪些部门负责"),
    ("军民融合由哪些部门负责", "知识产权质押融资由哪个部门负责推进落实", ""),
    ("军民融合由哪些部门负责", "你好", ""),
    ("专利代理条例第二十九条是怎么规定的", "第三十条呢", "专利代理条例第三十条是怎么规定的"),
    # short, but of a matter of its own
    ("大连市科技创新的目标是什么", "养老保险怎么交", ""),
    ("湖州市研发经费由谁负责", "营业执照怎么办？", ""),
    ("大连市研发投入占比目标是多少", "孵化器有多少家", ""),
    # short, and of any matter
    ("军民融合由哪些部门负责", "由谁配合", "军民融合由哪些部门负责"),
    ("军民融合由哪些部门负责", "补助标准是多少", "军民融合由哪些部门负责"),
    ("军民融合由哪些部门负责", "资金来源是什么", "军民融合由哪些部门负责"),
    ("军民融合由哪些部门负责", "几年完成", "军民融合由哪些部门负责"),
    ("军民融合领导小组组长是谁", "办公室设在哪儿，主任是谁兼的？", "军民融合领导小组组长是谁"),  # long, and of any body
    ("军民融合领导小组组长是谁", "孵化器办公室设在哪儿，主任是谁兼的？", ""),
    ("大连市由哪些部门负责军民融合", "市科技局负责什么", "大连市由哪些部门负责军民融合"),  # a department: of the same place
]


@pytest.mark.parametrize(("before", "question", "topic"), LEANING)
def test_topic(before, question, topic, collection):
    query = understand(question, collection, (before,))
    assert (query.text, query.topic) == (question, topic)


def test_a_follow_up_of_a_follow_up_leans_on_both(collection):
    query = understand("参与的有谁", collection, ("军民融合由哪些部门负责", "那科普工作呢"))
    assert "军民融合" in query.topic
    assert "科普工作" in query.topic


@pytest.mark.parametrize(
    ("before", "question", "intent"),
    [
        ("第十六届软交会由谁承办", "那专交会呢", "who"),  # it asks as the one before did
        ("第十六届软交会由谁承办", "那展出面积是多少", "number"),
        ("大连市市商务局负责什么", "那市科技局呢", "tasks"),
    ],
)
def test_intent(before, question, intent, collection):
    assert understand(question, collection, (before,)).intent == intent


TOLD = [  # the chat, the last question, what is told as taken from above
    (("大连市由哪些部门负责军民融合？",), "那参与的有谁？", ("大连市由哪些部门负责军民融合？",)),  # the place once, in its question
    (("大连市2018年高新技术企业要达到多少家",), "那辽阳呢", ("辽阳市2018年高新技术企业要达到多少家",)),  # not the place of before
    (("大连市2018年高新技术企业要达到多少家", "那辽阳呢"), "由谁负责", ("辽阳市2018年高新技术企业要达到多少家",)),
    (("第十六届软交会由谁承办", "那专交会呢"), "什么时候办", ("那专交会呢", "专交会由谁承办")),
    (("Who leads the brand strategy in Huzhou?",), "那参与的呢", ("Who leads the brand strategy in Huzhou?", "湖州市")),
    (("大连市由哪些部门负责军民融合？",), "辽阳市质监局负责什么工作？", ()),
]


@pytest.mark.parametrize(("chat", "question", "told"), TOLD)
def test_told_once(chat, question, told, collection):
    assert understand(question, collection, chat).inherited == told
