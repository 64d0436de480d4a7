"""The heads and feet of pages and texts: what is told of the document, its title, and what is no part of it."""

import pytest

from zhice.corpus import fields, html, library


def parsed(text, name="a.html"):
    return library.parse(text.encode(), name)[0]


def lines(text, name="a.html"):
    return parsed(text, name).document.text.split("\n")


BODY = "<p>第一条 县水务局负责渠道管护。</p><p>第二条 毁渠的，处二百元罚款。</p>"


def page(head="", body=BODY, foot="", title="河湾县渠道管护办法"):
    return f"<html><head><title>{title}</title></head><body>{head}<div>{body}</div>{foot}</body></html>"


LAW = ["河湾县渠道管护办法", "第一条 县水务局负责渠道管护。", "第二条 毁渠的，处二百元罚款。"]


@pytest.mark.parametrize(
    "text",
    [
        page("<div>网站支持无障碍 登录</div><div>热门搜索： 农补 修渠</div><h1>河湾县渠道管护办法</h1>"),
        page("<h1>河湾县渠道管护办法</h1>", foot="<div>分享到：</div><ul><li>河湾要闻</li><li>水务公开</li></ul><p>版权所有 河湾县</p>"),
        page("<div>首页 服务</div></html><!-- 头 --><h1>河湾县渠道管护办法</h1>"),
        page("<div style='display: none'>渠 务 工 作 /col/2.html</div><h1>河湾县渠道管护办法</h1>"),
        page("<h1>河湾县渠道管护办法</h1><p>2021-07-02 来源：县水务局</p><p>【字号：大 中 小】</p>"),
        page("<h1>河湾县渠道管护办法</h1>", title="河湾县渠道管护办法_政策文件_河湾县人民政府网"),
        page("<p>河湾县</p><h1>渠道管护办法</h1>", title="河湾县渠道管护办法 - 河湾县人民政府").replace("<p>河湾县</p><h1>", "<h1>河湾县"),
    ],
)
def test_only_the_document_is_left(text):
    assert lines(text) == LAW


def test_the_title_of_the_head_where_the_text_has_none():
    document = parsed(page(title="河湾县渠道管护办法-通知公告-河湾县水务局")).document
    assert document.title == "河湾县渠道管护办法"
    assert document.known["title"] == "lines at the head"


def test_text_above_the_title_stays():
    order = "<p>河湾县人民政府令</p><p>第9号</p><p>《河湾县渠道管护办法》已经县人民政府常务会议通过，现予公布。</p>"
    head = f"{order}<h1>河湾县渠道管护办法</h1>"
    assert lines(page(head))[:4] == [
        "河湾县人民政府令",
        "第9号",
        "《河湾县渠道管护办法》已经县人民政府常务会议通过，现予公布。",
        "河湾县渠道管护办法",
    ]


def test_a_hidden_text_that_is_all_of_the_page_stays():
    assert lines(page("<div style='display:none'>", foot="</div>"))[0] == "第一条 县水务局负责渠道管护。"


def test_a_text_said_twice_is_there_once():
    body = "".join(f"<p>第{n}条 渠道第{n}段由{n}组管护。</p>" for n in "一二三四五六七")
    assert lines(page("<h1>河湾县渠道管护办法</h1>", body + "<h1>河湾县渠道管护办法</h1>" + body)) == lines(
        page("<h1>河湾县渠道管护办法</h1>", body)
    )


HEADED = """# 河湾县渠道管护办法

- **发布机关**：河湾县水务局
发文字号：河水发〔2021〕8号
成文日期: 2021/7/2　　发布日期: 2021-07-09
索 引 号：000014349/2021-00021
原文链接：https://a.example/b?c=1
检索关键词: 渠道, 管护
政策全文

第一条 县农业局负责渠道管护。
来源：本县河流。
"""


def test_lines_that_tell_of_the_document():
    document = parsed(HEADED, "a.md").document
    assert document.text.split("\n") == ["河湾县渠道管护办法", "河水发〔2021〕8号", "第一条 县农业局负责渠道管护。", "来源：本县河流。"]
    assert (document.title, document.number, document.issuer) == ("河湾县渠道管护办法", "河水发〔2021〕8号", "河湾县水务局")
    assert (document.issued, document.published) == ("2021-07-02", "2021-07-09")


def test_what_the_text_says_of_itself_wins():
    text = "发布机构：某网\n河湾县水务局关于修渠的通知\n河水发〔2021〕9号\n各镇：\n现将修渠事项通知如下。\n河湾县水务局\n2021年8月3日"
    document = parsed(text, "a.txt").document
    assert (document.issuer, document.number, document.issued) == ("河湾县水务局", "河水发〔2021〕9号", "2021-08-03")


@pytest.mark.parametrize(
    "line",
    [
        "时间：3月1日至31日",
        "实施机关为县水务局",
        "来源于县财政的资金",
        "标题",
        "发布日期由县水务局确定。",
        "文号：略。另行公布。",
        "原文链接：为了管好渠道，县水务局制定本办法。",
    ],
)
def test_other_lines_tell_nothing(line):
    assert not fields.tells(line)


def test_a_letterhead_is_not_the_title():
    text = "河湾县水务局文件\n河水发〔2021〕8号\n关于印发渠道管护办法的通知\n各镇人民政府：\n现予印发。\n2021年7月2日"
    document = parsed(text, "a.txt").document
    assert (document.title, document.issuer) == ("关于印发渠道管护办法的通知", "河湾县水务局")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<ol><li>巡查</li><li>养护</li></ol>", ["1. 巡查", "2. 养护"]),
        ("<ol start='4'><li><p>巡查</p></li><li value='9'>养护</li></ol>", ["4. 巡查", "9. 养护"]),
        ("<ol><li>（一）巡查</li><li>2、养护</li></ol>", ["（一）巡查", "2、养护"]),
        ("<ul><li>巡查</li></ul>", ["巡查"]),
        ("<ol style='list-style: none'><li>巡查</li></ol>", ["巡查"]),
    ],
)
def test_the_numbers_of_a_list(raw, shown):
    assert [text for _, text in html.read(f"<body><p>前文。</p>{raw}</body>").lines] == ["前文。", *shown]


HEAD = "<table><tr><th>渠道</th><th>补助</th></tr><tr><td>东渠</td><td>3万元</td></tr></table>"


@pytest.mark.parametrize(
    ("between", "rest", "last"),
    [
        ("<p>第 1 页</p>", "<tr><td>西渠</td><td>5万元</td></tr><tr><td>南渠</td><td>6万元</td></tr>", ["西渠|5万元", "南渠|6万元"]),
        ("", "<tr><td>渠道</td><td>补助</td></tr><tr><td>南渠</td><td>6万元</td></tr>", ["南渠|6万元"]),
    ],
)
def test_a_table_goes_on_after_the_end_of_a_page(between, rest, last):
    rows = [text for _, text in html.read(f"<body><p>补助标准</p>{HEAD}{between}<table>{rest}</table></body>").lines if "：" in text]
    assert rows == [f"渠道：{a} | 补助：{b}" for a, b in (row.split("|") for row in ["东渠|3万元", *last])]


@pytest.mark.parametrize(
    ("between", "rest", "header"),
    [
        ("<p>二、养护</p>", "<tr><td>西渠</td><td>5万元</td></tr><tr><td>南渠</td><td>6万元</td></tr>", "西渠 | 5万元"),
        ("", "<tr><td>水库</td><td>2023年</td></tr><tr><td>南库</td><td>6万元</td></tr>", "水库 | 2023年"),
    ],
)
def test_another_table_has_its_own_header(between, rest, header):
    assert header in [text for _, text in html.read(f"<body><p>补助标准</p>{HEAD}{between}<table>{rest}</table></body>").lines]
