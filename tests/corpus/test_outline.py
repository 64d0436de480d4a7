"""The tree: small documents, each with the clauses that it must have, written by hand."""
# ruff: noqa: E501 - tables, one case a line

import pytest

from zhice.corpus import clean, outline


def parsed(lines):
    text = "\n".join(line for _, line in clean.clean(tuple(enumerate(lines, 1))))
    return text, outline.parse(text, "d")


def drawn(lines):
    """`id kind` of each clause, without the document's id."""
    return [f"{clause.id[2:]} {clause.kind}" for clause in parsed(lines)[1]]


def words(lines, clause_id):
    text, clauses = parsed(lines)
    clause = next(c for c in clauses if c.id == f"d/{clause_id}")
    return text[clause.start : clause.own_end].strip()


STATUTE = [
    "某市物业管理条例",
    "（2001年11月15日某市第十一届人民代表大会常务委员会第三十三次会议通过",
    "根据2010年9月17日《关于修改本市部分地方性法规的决定》修正）",
    "目　录",
    "第一章　总　则",
    "第二章　业主………………3",
    "第三章　附　则",
    "第一章　总　则",
    "第一条　为了规范物业管理，制定本条例。",
    "第二条　本条例所称物业，是指：",
    "（一）房屋；",
    "（二）设施：",
    "1.电梯；",
    "2.供水；",
    "前款规定的设施由物业服务企业维护。",
    "第二章　业主",
    "第一节　业主大会",
    "第三条　业主有下列权利：",
    "（一）参加会议；",
    "（二）投票。",
    "第三条规定的权利不得转让。",
    "第三条之一　业主委员会由五人以上组成。",
    "第二节　业主委员会",
    "第四条　违反第三条第（一）项规定的，处五百元罚款。",
    "第（一）项所称会议，包括临时会议。",
    "第三章　附　则",
    "第五条　本条例自2002年1月1日起施行。",
    "附件：",
    "某市物业收费标准",
    "一、住宅",
    "二、商铺",
]


def test_a_statute():
    assert drawn(STATUTE) == [
        "标题 title",
        "注 note",
        "目录 contents",
        "章1 chapter",
        "条1 article",
        "条2 article",
        "条2.款1 paragraph",
        "条2.款1.项1 point",
        "条2.款1.项2 point",
        "条2.款1.项2.目1 subpoint",
        "条2.款1.项2.目2 subpoint",
        "条2.款2 paragraph",
        "章2 chapter",
        "章2.节1 section",
        "条3 article",
        "条3.款1 paragraph",
        "条3.款1.项1 point",
        "条3.款1.项2 point",
        "条3.款2 paragraph",
        "条3.1 article",
        "章2.节2 section",
        "条4 article",
        "条4.款1 paragraph",
        "条4.款2 paragraph",
        "章3 chapter",
        "条5 article",
        "附 attachment",
        "附.标题 title",
        "附.1 section",
        "附.2 section",
    ]


def test_paths_headings_and_spans_of_a_statute():
    text, clauses = parsed(STATUTE)
    by_id = {clause.id: clause for clause in clauses}
    article, point = by_id["d/条3"], by_id["d/条3.款1.项2"]
    assert article.path == ("第二章", "第一节", "第三条")
    assert article.headings == ("业主", "业主大会")
    assert text[article.start : article.end].startswith("第三条 业主有下列权利：")
    assert text[article.start : article.end].endswith("第三条规定的权利不得转让。")
    assert point.path == ("第二章", "第一节", "第三条", "第一款", "（二）")
    assert text[point.start : point.end] == "（二）投票。"
    assert by_id["d/附"].heading == "某市物业收费标准"


def test_a_decision_and_the_law_that_it_publishes_anew():
    lines = [
        "全国人民代表大会常务委员会关于修改《中华人民共和国某法》的决定",
        "（2018年10月26日第十三届全国人民代表大会常务委员会第六次会议通过）",
        "第十三届全国人民代表大会常务委员会第六次会议决定对《中华人民共和国某法》作如下修改：",
        "一、第一条修改为：“为了保护，制定本法。”",
        "二、将第二条改为第三条，修改为：“国家机关应当：",
        "“（一）公开；",
        "“（二）公正。”",
        "三、增加一条，作为第四条：",
        "“第四条　公民享有权利。”",
        "本决定自公布之日起施行。",
        "中华人民共和国某法",
        "第一章 总则",
        "第一条 为了保护，制定本法。",
        "第二条 国家机关应当公开。",
    ]
    assert drawn(lines) == [
        "标题 title",
        "注 note",
        "引言 preamble",
        "1 section",
        "2 section",
        "2.款1 paragraph",
        "2.款2 paragraph",
        "3 section",
        "3.款1 paragraph",
        "3.款2 paragraph",
        "附 attachment",
        "附.章1 chapter",
        "附.条1 article",
        "附.条2 article",
    ]


POLICY = [
    "某市人民政府关于加强某工作的通知",
    "某政发〔2018〕1号",
    "各县（市）区人民政府，市政府各部门：",
    "为加强某工作，现通知如下：",
    "一、总体要求",
    "（一）指导思想。坚持创新。",
    "（二）目标。到2020年，达到50%。",
    "二、任务",
    "1.培育企业。首先，做好准备；其次，加强实施；最后，总结评估。",
    "①甲；",
    "②乙。",
    "2.改善环境。一是简化手续；二是减少收费。（市科技局负责）",
    "——坚持协同。",
    "——坚持开放。",
    "附件：1.任务分工表",
    "2.评估办法",
    "某市人民政府",
    "2018年1月1日",
    "（此件公开发布）",
    "附件1",
    "任务分工表",
    "序号 | 任务",
    "序号：1 | 任务：甲",
    "附件2",
    "评估办法",
    "第一条 为了评估，制定本办法。",
    "第二条 评估分为：",
    "（一）自评；",
    "（二）抽查。",
]


def test_a_policy_with_attachments():
    assert drawn(POLICY) == [
        "标题 title",
        "文号 number",
        "主送 addressee",
        "引言 preamble",
        "1 section",
        "1.1 section",
        "1.2 section",
        "2 section",
        "2.1 item",
        "2.1.1 subitem",
        "2.1.2 subitem",
        "2.2 item",
        "2.2.项1 point",
        "2.2.项2 point",
        "注 note",
        "注2 note",
        "落款 signature",
        "注3 note",
        "附1 attachment",
        "附1.标题 title",
        "附1.行1 row",
        "附1.行2 row",
        "附2 attachment",
        "附2.标题 title",
        "附2.条1 article",
        "附2.条2 article",
        "附2.条2.项1 point",
        "附2.条2.项2 point",
    ]
    assert words(POLICY, "落款") == "某市人民政府\n2018年1月1日"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # numbering that runs on across sections, with its own below
        (["一、甲", "1.子", "(1)孙", "二、乙", "2.子", "(1)孙"], ["1 section", "1.1 item", "1.1.1 subitem", "2 section", "2.2 item", "2.2.1 subitem"]),
        # numbering that begins anew in each section
        (["一、甲", "1.子", "二、乙", "1.子"], ["1 section", "1.1 item", "2 section", "2.1 item"]),
        # levels that are left out
        (["一、甲", "(1)孙", "1.子", "(1)孙"], ["1 section", "1.1 subitem", "1.1~2 item", "1.1~2.1 subitem"]),
        # decimal numbering
        (["1 总则", "1.1 目的", "为了保障。", "1.2 依据", "2 职责", "2.1 机构", "2.1.1 指挥部", "（1）统一领导"],
         ["1 section", "1.1 section", "1.2 section", "2 section", "2.1 section", "2.1.1 item", "2.1.1.1 subitem"]),
        (["1 标准", "1.1 个人缴费", "个人缴费380元。", "1.2 年度安排"], ["1 section", "1.1 section", "1.2 section"]),
        # the heading on its line and one paragraph below are one clause; two are 款 of it
        (["一、甲", "子。"], ["1 section"]),
        (["一、甲", "子。", "丑。"], ["1 section", "1.款1 paragraph", "1.款2 paragraph"]),
        # a line that begins with a reference stays in the paragraph's clause
        (["第九条 甲。", "第十条规定的情形，适用前款。", "第十条 乙。"], ["条9 article", "条9.款1 paragraph", "条9.款2 paragraph", "条10 article"]),
        # an article number twice: the second keeps an address of its own
        (["第一条 甲。", "第一条 乙。"], ["条1 article", "条1~2 article"]),
        # 一、 goes on after articles, and inside an article it numbers its 项
        (["一、甲", "第一条 子。", "二、乙"], ["1 section", "1.条1 article", "2 section"]),
        (["第一条 下列情形：", "一、甲；", "二、乙。"], ["条1 article", "条1.项1 point", "条1.项2 point"]),
        # 一是 at the line's beginning, and 二是 on the same line
        (["一、甲", "一是子。二是丑。", "三是寅。"], ["1 section", "1.项1 point", "1.项2 point", "1.项3 point"]),
        # enumerations inside a paragraph
        (["一、甲", "工作有两项：一是子；二是丑。", "乙。"], ["1 section", "1.款1 paragraph", "1.款1.项1 point", "1.款1.项2 point", "1.款2 paragraph"]),
        (["甲。二是丑。"], ["引言 preamble"]),
        # parts above chapters: articles leave both out of their address
        (["第一编 总则", "第一章 甲", "第一条 子。", "第二编 分则", "第一章 乙", "第二条 丑。"],
         ["编1 part", "编1.章1 chapter", "条1 article", "编2 part", "编2.章1 chapter", "条2 article"]),
        # a second regulation in the same file, without 附件
        (["甲市人民政府", "关于某事的通知", "一、子", "二、丑", "甲市某办法", "一、寅", "二、卯"],
         ["标题 title", "1 section", "2 section", "附 attachment", "附.1 section", "附.2 section"]),
        # a signature closes the body; the regulation printed behind it is an attachment
        (["甲市通知", "一、子", "甲市人民政府", "2018年1月1日", "甲市某办法", "第一条 寅。"],
         ["标题 title", "1 section", "落款 signature", "附 attachment", "附.条1 article"]),
        # lines of a form or a list of names are no title and no addressee
        (["甲市通知", "一、子", "2018年1月1日", "附件1", "申请表", "项目名称：", "申报单位：", "附件2：名单", "组 长：张三"],
         ["标题 title", "1 section", "落款 signature", "附1 attachment", "附1.标题 title", "附1.款1 paragraph", "附1.款2 paragraph", "附2 attachment", "附2.款1 paragraph"]),
        # a letter without numbers
        (["甲省人民政府：", "你省的请示收悉，同意。", "国务院", "二〇一八年五月十六日"], ["主送 addressee", "引言 preamble", "落款 signature"]),
        # table rows
        (["一、甲", "序号：1 | 事项：子", "序号：2 | 事项：丑"], ["1 section", "1.行1 row", "1.行2 row"]),
    ],
)  # fmt: skip
def test_a_rule_of_the_tree(lines, expected):
    assert drawn(lines) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # marks called in the text; the footnotes stand behind the clauses that they end
        (["一、甲", "1.子［1］有别。", "2.丑［2］。", "［1］子：见某书。", "［2］丑。"],
         ["1 section", "1.1 item", "1.2 item", "脚注 footnote", "脚注2 footnote"]),
        (["一、甲[^1]", "子。", "[^1]: 甲即乙。"], ["1 section", "脚注 footnote"]),
        # below a page in the middle of the text: what follows goes on where it was
        (["一、甲", "1.子①。", "①子：地支之首。", "2.丑。", "寅*，卯。", "* 寅：地支第三。", "辰。"],
         ["1 section", "1.1 item", "1.脚注 footnote", "1.2 item", "1.2.款1 paragraph", "1.2.脚注 footnote", "1.2.款2 paragraph"]),
        # ① and * that no word calls open the entries of lists
        (["一、甲", "包括：", "①子；", "②丑。"], ["1 section", "1.款1 paragraph", "1.1 subitem", "1.2 subitem"]),
        (["一、甲，包括①子；②丑。", "①子；", "②丑。"], ["1 section", "1.1 subitem", "1.2 subitem"]),
        (["一、甲①。", "分为：", "①子；", "②丑。"], ["1 section", "1.款1 paragraph", "1.1 subitem", "1.2 subitem"]),
        # a list and a footnote of one mark: the text calls one, so the last line is the footnote
        (["一、甲①，乙。", "①子；", "②丑。", "二、丙", "①甲：天干。"], ["1 section", "1.1 subitem", "1.2 subitem", "2 section", "脚注 footnote"]),
        # notes below a table, one alone and numbered ones
        (["一、甲", "子 | 丑", "注：子为地支。", "二、乙"], ["1 section", "1.行1 row", "1.脚注 footnote", "2 section"]),
        (["一、甲", "子 | 丑", "注1：子。", "注2：丑。"], ["1 section", "1.行1 row", "1.脚注 footnote", "1.脚注2 footnote"]),
        (["现印发某表。", "附件1", "子 | 丑", "注：1.子。", "2.丑。", "附件2", "某表"],
         ["引言 preamble", "附1 attachment", "附1.行1 row", "附1.脚注 footnote", "附1.脚注.2 item", "附2 attachment", "附2.标题 title"]),
        (["第一条 甲。", "乙。", "备注：丙。", "第二条 丁。"],
         ["条1 article", "条1.款1 paragraph", "条1.款2 paragraph", "脚注 footnote", "条2 article"]),
    ],
)  # fmt: skip
def test_footnotes(lines, expected):
    assert drawn(lines) == expected


def test_the_mark_of_a_footnote_is_its_label():
    _, clauses = parsed(["一、甲①，乙[2]，丙*。", "注1：子。", "①甲：子。", "[2] 乙。", "*丙。"])
    assert [clause.label for clause in clauses] == ["一", "注1", "①", "[2]", "*"]


UNNUMBERED = [
    "某省实施《某法》办法",
    "总　则",
    "第一条 为了规范，制定本办法。",
    "第二条 本办法所称甲，包括下列各项：",
    "子",
    "丑",
    "【规划】",
    "第三条 乙规划包括：",
    "（一）子。",
    "监测和监督",
    "第四条 税额＝价格。",
    "计算公式：",
    "税额＝价格×税率",
    "第五条 丙。",
    "（本条由丁解释）",
    "法律责任",
    "第六条 戊。",
]


def test_headings_without_a_number_between_articles():
    _, clauses = parsed(UNNUMBERED)
    chapters = [(clause.id[2:], clause.label, clause.heading) for clause in clauses if clause.kind == "chapter"]
    assert chapters == [("章1", "", "总则"), ("章2", "", "规划"), ("章3", "", "监测和监督"), ("章4", "", "法律责任")]
    by_id = {clause.id[2:]: clause for clause in clauses}
    assert by_id["条2.款3"].kind == "paragraph"
    assert by_id["条4"].path == ("监测和监督", "第四条") and by_id["条4"].headings == ("监测和监督",)
    assert by_id["条4.款3"].kind == "paragraph"  # a formula


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # the number of one chapter is lost
        (["第一章 甲", "第一条 子。", "经 费", "第二条 丑。", "第三章 丙", "第三条 寅。"], [("章1", "甲"), ("章2", "经费"), ("章3", "丙")]),
        # a heading broken in two lines
        (["第一章 没有划入禁区的", "设施的保护", "第一条 子。", "第二章 乙", "第二条 丑。"], [("章1", "没有划入禁区的设施的保护"), ("章2", "乙")]),
        # below a line that ends no sentence it may be an entry of a list
        (["第一条 各项：", "甲", "乙", "第二条 丑。"], []),
        # an article that is not the next one is quoted, or the line before it a part of the text
        (["第一条 子。", "乙", "第三条 丑。"], []),
    ],
)  # fmt: skip
def test_headings_of_chapters(lines, expected):
    assert [(clause.id[2:], clause.heading) for clause in parsed(lines)[1] if clause.kind == "chapter"] == expected


def test_a_table_of_contents_ends_where_the_body_begins():
    assert words(STATUTE, "目录") == "目录\n第一章 总则\n第二章 业主………………3\n第三章 附则"
    without_repeat = ["目录", "总则", "附则", "第一条 甲。", "第二条 乙。"]
    assert drawn(without_repeat) == ["目录 contents", "条1 article", "条2 article"]


def test_the_note_behind_an_enumeration_stays_out_of_its_last_point():
    text, clauses = parsed(["1.改善环境。一是简化手续；二是减少收费。（市科技局、市财政局负责）"])
    assert [text[c.start : c.own_end] for c in clauses] == [
        "1.改善环境。",
        "一是简化手续；",
        "二是减少收费。",
        "（市科技局、市财政局负责）",
    ]


def test_first_second_last():
    _, clauses = parsed(["1.培育企业。首先，做好准备；其次，加强实施；最后，总结评估。"])
    assert [clause.label for clause in clauses[1:]] == ["首先", "其次", "最后"]


def test_an_empty_text_has_no_clauses():
    assert outline.parse("", "d") == ()
    assert outline.parse("\n \n", "d") == ()
