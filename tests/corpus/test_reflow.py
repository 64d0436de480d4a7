"""Lines as files have them, and the clauses they are: broken lines, several clauses on a line, what the ends of pages leave."""

import pytest

from zhice.corpus import pagemarks
from zhice.corpus.reflow import reflow


def lines(text):
    return [line for _, line in reflow(list(enumerate(text.split("\n"), 1)))]


@pytest.mark.parametrize(
    ("raw", "whole"),
    [
        ("第二条 区水务站应当\n巡查河道。", ["第二条 区水务站应当巡查河道。"]),
        ("第二条 由区水务站\n，会同镇政府巡查。", ["第二条 由区水务站，会同镇政府巡查。"]),
        ("第二条 补助每户30\n万元。", ["第二条 补助每户30万元。"]),
        ("第二条 违反本办法\n第九条、第十条的，处罚款。", ["第二条 违反本办法第九条、第十条的，处罚款。"]),
        ("第二条 有本条\n（三）项情形的除外。", ["第二条 有本条（三）项情形的除外。"]),
        ("第二条 期限为\n2.5年。", ["第二条 期限为2.5年。"]),
        ("第二条 use the web\nsite of the office。", ["第二条 use the web", "site of the office。"]),  # one doubtful break is none
        ("第二条 因修改\n第三条 县水务局负责。", ["第二条 因修改", "第三条 县水务局负责。"]),  # the next article
        ("一、编制依据\n本办法依照条例制定。", ["一、编制依据", "本办法依照条例制定。"]),
        ("一、公众参与\n各村应当公示。", ["一、公众参与", "各村应当公示。"]),
        ("一、工作回顾\n2021年，全县修渠9条。", ["一、工作回顾", "2021年，全县修渠9条。"]),
        ("一、补助标准\n（一）渠道\n100万元以上的项目补助一成。", ["一、补助标准", "（一）渠道", "100万元以上的项目补助一成。"]),
        ("第一条 本办法由县水务局\n2020年6月1日", ["第一条 本办法由县水务局", "2020年6月1日"]),
        ("甲 | 由\n乙 | 9个", ["甲 | 由", "乙 | 9个"]),  # rows of a table
    ],
)
def test_a_line_that_goes_on(raw, whole):
    assert lines(raw) == whole


HEAD = "河湾县水务公报 2021年第{}期"
PAGES = f"""{HEAD.format(7)}
河湾县渠道管护办法
第一条 县水务局负责全县渠道的管护，镇政
府协助，重点管护
- 12 -
{HEAD.format(7)}
干渠和支渠。
第二条 村民不得在渠道内
3米范围取土，违反
第三条规定的，责令改正。
第三条 渠道两侧
- 13 -
{HEAD.format(7)}
5米为保护范围。"""


def test_page_numbers_and_running_heads():
    assert lines(PAGES) == [
        "河湾县渠道管护办法",
        "第一条 县水务局负责全县渠道的管护，镇政府协助，重点管护干渠和支渠。",
        "第二条 村民不得在渠道内3米范围取土，违反第三条规定的，责令改正。",
        "第三条 渠道两侧5米为保护范围。",
    ]


@pytest.mark.parametrize("line", ["- 3 -", "—22—", "第 4 页 共 10 页", "第5页", "Page 2 of 9", "3/12", "共 9 页 第 1 页"])
def test_page_numbers(line):
    assert pagemarks.is_page_number(line)


@pytest.mark.parametrize("line", ["3", "2021", "（3）", "第五条", "1.5", "第4页表格", "3.", "①"])
def test_other_lines_are_none(line):
    assert not pagemarks.is_page_number(line)


def test_a_line_said_twice_within_the_text_stays():
    text = "一、目标\n修渠9条。\n- 1 -\n二、措施\n修渠9条。\n三、保障"
    assert lines(text) == ["一、目标", "修渠9条。", "二、措施", "修渠9条。", "三、保障"]


WIDE = """\
　　第一条　为了加强渠道的管护，保障农田灌溉，
根据有关法律、法规，制定本办法。
　　第二条　县水务局主管全县渠道管护工作，负责
编制规划、组织实施和监督检查。镇政府负责日常。
巡查由村民委员会承担。
　　镇政府应当每年公布渠道名录。
　　第三条　渠道管护所需资金列入县级财政预算；
不足部分由镇政府和受益的单位共同负担，具体比例
由县人民政府规定。"""


def test_lines_of_one_width_with_indented_paragraphs():
    cleaned = [(i, line.strip().replace("　", " ")) for i, line in enumerate(WIDE.split("\n"), 1)]
    assert [line for _, line in reflow(cleaned, list(enumerate(WIDE.split("\n"), 1)))] == [
        "第一条 为了加强渠道的管护，保障农田灌溉，根据有关法律、法规，制定本办法。",
        "第二条 县水务局主管全县渠道管护工作，负责编制规划、组织实施和监督检查。镇政府负责日常。巡查由村民委员会承担。",
        "镇政府应当每年公布渠道名录。",
        "第三条 渠道管护所需资金列入县级财政预算；不足部分由镇政府和受益的单位共同负担，具体比例由县人民政府规定。",
    ]


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        (
            "河湾县渠道条例 第一章 总则 第一条 为了护渠，制定本条例。 第二章 管护 第二条 县水务局依照第一条管护。 第三条 毁渠的，罚款。",
            [
                "河湾县渠道条例",
                "第一章 总则",
                "第一条 为了护渠，制定本条例。",
                "第二章 管护",
                "第二条 县水务局依照第一条管护。",
                "第三条 毁渠的，罚款。",
            ],
        ),
        ("第一章总则第一条为了护渠，制定本条例。第二条本县适用。", ["第一章总则", "第一条为了护渠，制定本条例。", "第二条本县适用。"]),
        (
            "第一条 甲局负责。第二条 依照前条。第二条规定的渠道另行公布。",
            ["第一条 甲局负责。", "第二条 依照前条。第二条规定的渠道另行公布。"],
        ),
        (
            "一、加强巡查 （一）每周一次。（二）雨天加密。二、加强养护",
            ["一、加强巡查", "（一）每周一次。", "（二）雨天加密。", "二、加强养护"],
        ),
        (
            "第一条 甲局负责。第二条 禁止下列行为：（一）取土；（二）倾倒垃圾。河湾县人民政府 2021年7月2日",
            ["第一条 甲局负责。", "第二条 禁止下列行为：", "（一）取土；", "（二）倾倒垃圾。", "河湾县人民政府", "2021年7月2日"],
        ),
        ("申请材料包括：（一）申请书；（二）身份证。", ["申请材料包括：（一）申请书；（二）身份证。"]),  # a list within a sentence
        ("将第四条修改为：“第四条 甲局负责。”将第五条删去。", ["将第四条修改为：“第四条 甲局负责。”将第五条删去。"]),
        ("甲 | 第一条 乙。第二条 丙。", ["甲 | 第一条 乙。第二条 丙。"]),
    ],
)
def test_clauses_on_one_line(raw, parts):
    assert lines(raw) == parts


def test_pieces_and_joined_lines_know_their_line():
    raw = [(3, "第一条 甲局应当"), (4, "巡查。第二条 乙局协助。")]
    assert reflow(raw) == ((3, "第一条 甲局应当巡查。"), (3, "第二条 乙局协助。"))
