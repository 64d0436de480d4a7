"""Line kinds: each rule with the lines it was made for."""

import pytest

from zhice.corpus import clean, lines


def marked(line, last=-1):
    """(style, label, number, sub, words) of a line as cleaned; None for body."""
    (found,) = clean.clean(((1, line),))
    mark = lines.mark(found[1], last)
    return mark and (mark.style, mark.label, mark.number, mark.sub, found[1][mark.end :])


@pytest.mark.parametrize(
    ("line", "style", "label", "number", "words"),
    [
        ("第一编 总则", "part", "第一编", 1, "总则"),
        ("第一编总则", "part", "第一编", 1, "总则"),
        ("第二分编 典型合同", "part", "第二分编", 2, "典型合同"),
        ("第一篇 总论", "part", "第一篇", 1, "总论"),
        ("第一部分 总体要求", "part", "第一部分", 1, "总体要求"),
        ("第（三）部分：保障措施", "part", "第（三）部分", 3, "：保障措施"),
        ("第 一 章 总则", "chapter", "第一章", 1, "总则"),
        ("第一章　总　则", "chapter", "第一章", 1, "总则"),
        ("第一章总则", "chapter", "第一章", 1, "总则"),
        ("第1章 总则", "chapter", "第1章", 1, "总则"),
        ("第十二章 附 则", "chapter", "第十二章", 12, "附则"),
        ("第三节 一般规定", "section", "第三节", 3, "一般规定"),
        ("第一条 为了规范", "article", "第一条", 1, "为了规范"),
        ("第一条　为了规范", "article", "第一条", 1, "为了规范"),
        ("第一条为了规范", "article", "第一条", 1, "为了规范"),
        ("第 十二 条 为了", "article", "第十二条", 12, "为了"),
        ("第12条 为了", "article", "第12条", 12, "为了"),
        ("第１２条为了", "article", "第12条", 12, "为了"),
        ("第一〇五条　为了", "article", "第一〇五条", 105, "为了"),
        ("第一千零一条 对自然人", "article", "第一千零一条", 1001, "对自然人"),
        ("第一千二百六十条 本法自2021年1月1日起施行。", "article", "第一千二百六十条", 1260, "本法自2021年1月1日起施行。"),
        ("第一条【立法目的】为了", "article", "第一条", 1, "【立法目的】为了"),
        ("第一条（目的）为了", "article", "第一条", 1, "（目的）为了"),
        ("第七条", "article", "第七条", 7, ""),
        ("第六条 适用范围", "article", "第六条", 6, "适用范围"),
        ("第六条 行为人具有下列情形之一的", "article", "第六条", 6, "行为人具有下列情形之一的"),
        ("第七条中华人民共和国公民在领域外犯罪的", "article", "第七条", 7, "中华人民共和国公民在领域外犯罪的"),
        ("第五百九十条第二审人民法院发回的案件", "article", "第五百九十条", 590, "第二审人民法院发回的案件"),
        ("第七条项目单位应当", "article", "第七条", 7, "项目单位应当"),
        ("一、总体要求", "cn", "一", 1, "总体要求"),
        ("一． 总体要求", "cn", "一", 1, "总体要求"),
        ("二十一、附则", "cn", "二十一", 21, "附则"),
        ("(一)指导思想。", "cn_paren", "(一)", 1, "指导思想。"),
        ("（十五） 健全体系", "cn_paren", "（十五）", 15, "健全体系"),
        ("（一）、指导思想", "cn_paren", "（一）", 1, "指导思想"),
        ("㈠指导思想", "cn_paren", "㈠", 1, "指导思想"),
        ("1.培育创新领军企业。以骨干", "num", "1", 1, "培育创新领军企业。以骨干"),
        ("1．培育", "num", "1", 1, "培育"),
        ("1、培育", "num", "1", 1, "培育"),
        ("133. 加大宣传", "num", "133", 133, "加大宣传"),
        ("46.2018年,新增市级以上研发机构60家。", "num", "46", 46, "2018年,新增市级以上研发机构60家。"),
        ("⒈侮辱、诽谤案", "num", "⒈", 1, "侮辱、诽谤案"),
        ("(1)强化区域控规", "num_paren", "(1)", 1, "强化区域控规"),
        ("（10） 强化", "num_paren", "（10）", 10, "强化"),
        ("1）强化", "num_paren", "1）", 1, "强化"),
        ("⑴强化", "num_paren", "⑴", 1, "强化"),
        ("①甲；", "circled", "①", 1, "甲；"),
        ("5.1 组织指挥", "decimal", "5.1", 1, "组织指挥"),
        ("5.1.2总则", "decimal", "5.1.2", 2, "总则"),
        ("1.1 个人缴费", "decimal", "1.1", 1, "个人缴费"),
        ("1.1个人缴费", "decimal", "1.1", 1, "个人缴费"),
        ("3.2 年度考核", "decimal", "3.2", 2, "年度考核"),
        ("一是科技投入翻番。", "ordinal", "一是", 1, "科技投入翻番。"),
        ("二要加强领导", "ordinal", "二要", 2, "加强领导"),
        ("——“双创”联动", "dash", "——", 0, "“双创”联动"),
        ("●优化环境", "dash", "——", 0, "优化环境"),
    ],
)
def test_a_line_that_opens_a_clause(line, style, label, number, words):
    assert marked(line) == (style, label, number, 0, words)


@pytest.mark.parametrize(
    ("line", "number", "sub", "words"),
    [
        ("第一百二十条之一 资助恐怖活动组织", 120, 1, "资助恐怖活动组织"),
        ("第一百二十条之一资助恐怖活动组织", 120, 1, "资助恐怖活动组织"),
        ("第二百八十七条之二 明知他人", 287, 2, "明知他人"),
        ("第二百八十七条 之一 明知", 287, 1, "明知"),
    ],
)
def test_an_article_that_was_inserted(line, number, sub, words):
    assert marked(line)[2:] == (number, sub, words)


@pytest.mark.parametrize(
    "line",
    [
        "第十条规定的情形，由公安机关处理。",
        "第十条 规定的情形",
        "第（三）项所称主管部门，是指",
        "（三）项所称主管部门",
        "（一）、（二）项规定的",
        "（一）至（三）项规定的",
        "（一）或者（二）的情形",
        "（1）项所列",
        "11.5.14.2的试验",
        "第二十三条第二款规定的",
        "第二十三条 第二款规定的",
        "第二十三条、第二十四条规定的",
        "第二十三条和第二十四条的规定",
        "第二十三条至第二十五条的规定",
        "第二十三条中的“主管部门”修改为“监管部门”。",
        "第二十三条修改为：“县级以上",
        "第二十三条 修改为：“县级以上",
        "第二十三条改为第二十五条，修改为：",
        "第二十三条增加一款，作为第二款：",
        "第二十三条删去“工商”。",
        "第二十三条之规定",
        "第二十三条以及第三十条",
        "“第二十三条 县级以上人民政府",
        "第二章规定的程序",
        "第二章第三节的规定适用于",
        "第二章 中的程序",
        "第三节的内容。",
        "第二款规定的",
        "1.5倍以上",
        "1.5%的企业",
        "12.5亿元",
        "12.5 万元",
        "1.5个百分点",
        "2018年5月16日",
        "2018.5.16",
        "3.2的要求",
        "一、二、三类企业应当",
        "一九九八年",
        "一是",
        "首先，做好准备",
        "十一届全国人大",
        "（国发〔2018〕1号）",
        "(R&D)经费",
        "-12.5",
        "为了规范",
    ],
)
def test_a_line_of_body(line):
    assert marked(line) is None


@pytest.mark.parametrize(
    ("line", "last", "opens"),
    [
        ("第六条适用简易程序的案件", 5, True),  # the next number: an article whose words begin like a reference
        ("第六条适用简易程序的案件", 8, False),
        ("第六条与债务人互负债务的", 5, True),
        ("第六条与债务人互负债务的", 20, False),
        ("第六条行为的处罚", 5, True),
        ("第一条适用普通程序的", 30, True),  # numbering that begins again
        ("第六条之一适用简易程序的", 6, True),
        ("第六条规定的", 5, False),  # a reference whatever the number
        ("第六条第二款规定的情形", 5, False),
        ("第六条规定本市重大事项的法规", 5, True),  # 规定 as the verb of the next article
        ("第六条规定本市重大事项的法规", 8, False),
        ("第六条第七条所称主管部门", 5, True),  # the next article begins by naming another
        ("第六条 第七条所称主管部门", 5, True),
        ("第六条第七条所称主管部门", 8, False),
    ],
)
def test_the_number_before_tells_an_article_from_a_reference(line, last, opens):
    assert (marked(line, last) is not None) is opens


def test_a_bare_number_of_a_decimal_document():
    assert lines.bare("1 总则") == lines.Mark("decimal", "1", 1, 2, depth=1)
    assert lines.bare("1总则") is None
