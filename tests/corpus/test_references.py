"""References: titles, document numbers and clauses that a text cites."""

import pytest

from tests.corpus.conftest import DATA
from zhice.corpus import library, references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《科学技术进步法》", [("title", "科学技术进步法", "", "")]),
        (
            "《关于县域创新驱动发展的若干意见》(国办发〔2017〕43号)精神",
            [("title", "关于县域创新驱动发展的若干意见", "国办发〔2017〕43号", "")],
        ),
        ("依照《行政处罚法》第三十二条第二款处理", [("title", "行政处罚法", "", "第三十二条第二款")]),
        ("《关于印发〈某计划〉的通知》", [("title", "关于印发〈某计划〉的通知", "", "")]),
        ("《关于修改《某法》的决定》", [("title", "关于修改《某法》的决定", "", "")]),
        ("按照国发〔2018〕1号执行", [("number", "", "国发〔2018〕1号", "")]),
        ("违反本条例第十二条第（三）项规定", [("clause", "", "", "第十二条第（三）项")]),
        ("依照刑法第一百二十条之一处罚", [("title", "刑法", "", "第一百二十条之一")]),
        ("适用民法典第一条、国家赔偿法第三条", [("title", "民法典", "", "第一条"), ("title", "国家赔偿法", "", "第三条")]),
        ("第十二条 县级以上人民政府", []),  # the article's own number
        ("没有引用", []),
        # 文号 before the title, orders, words after the 文号
        ("按照国办发〔2017〕43号文件《关于县域的意见》", [("title", "关于县域的意见", "国办发〔2017〕43号", "")]),
        ("《甲条例》（国务院令第300号）", [("title", "甲条例", "国务院令第300号", "")]),
        ("《关于甲的意见》(国发[2018]1号,以下简称《意见》)", [("title", "关于甲的意见", "国发[2018]1号", "")]),
        ("国办发〔2018〕127号", []),  # the document's own
        ("《甲市某实施意见》(以下简称《实施意见》)", [("title", "甲市某实施意见", "", "")]),
        ("取得《医疗机构执业许可证》", []),
        # lists, ranges and what they inherit
        ("违反本法第五条、第六条和第八条第二款的", [("clause", "", "", label) for label in ("第五条", "第六条", "第八条第二款")]),
        ("本条例第三十二条至第三十六条规定的处罚", [("clause", "", "", "第三十二条至第三十六条")]),
        ("依照刑法第三条、第五条", [("title", "刑法", "", "第三条"), ("title", "刑法", "", "第五条")]),
        (
            "《甲法》第三条、《乙法》第四条和第五条",
            [("title", "甲法", "", "第三条"), ("title", "乙法", "", "第四条"), ("title", "乙法", "", "第五条")],
        ),
        ("违反第四十一条第一款第(一)项、第(二)项规定", [("clause", "", "", f"第四十一条第一款第({n})项") for n in "一二"]),
        ("本条第一款第五项至第十七项规定的权利", [("clause", "", "", "本条第一款第五项至第十七项")]),
        ("有前款第（一）、（二）项情形的", [("clause", "", "", f"前款第（{n}）项") for n in "一二"]),
        # relative to where they stand
        ("有前款第二项规定的行为的", [("clause", "", "", "前款第二项")]),
        ("前款规定的农药", [("clause", "", "", "前款")]),
        ("依照前条规定所作的公告", [("clause", "", "", "前条")]),
        ("单位犯前三款罪的", [("clause", "", "", "前三款")]),
        ("不适用本条第一款、第二款", [("clause", "", "", "本条第一款"), ("clause", "", "", "本条第二款")]),
        ("比照本条例第三章的规定", [("clause", "", "", "第三章")]),
        ("《甲法》另有规定的，依照该法第三条", [("title", "甲法", "", ""), ("title", "甲法", "", "第三条")]),
        # not references
        ("目前项目进展，当前条件下第一项任务，(一)项目建设，第三章总则", []),
        ("按照下列办法处理", []),
    ],
)
def test_references_of_a_sentence(text, expected):
    assert [(r.kind, r.title, r.number, r.label) for r in references.find(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("《国务院办公厅关于X的通知》（国办发〔2016〕82号）停止执行。", ["repeals"]),
        ("本办法自2020年1月1日起施行。《甲办法》、《乙规定》同时废止。", ["repeals", "repeals"]),
        ("2001年5月1日发布的《甲条例》（国令第300号）自本条例施行之日起废止。", ["repeals"]),
        ("对《甲条例》作如下修改：", ["amends"]),
        ("根据《甲条例》，制定本办法。", ["cites"]),
        ("关于修改《甲条例》的决定", ["amends"]),
        ("决定废止《甲条例》、《乙规定》，落实《丙办法》。", ["repeals", "repeals", "cites"]),
        ("落实《甲条例》修改后的要求。", ["cites"]),
    ],
)
def test_what_a_text_does_to_the_documents_it_names(text, relations):
    assert [reference.relation for reference in references.find(text, 0, len(text))] == relations


GOLD = [line.split("\t") for line in (DATA / "references" / "gold.tsv").read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize("file", sorted({row[0] for row in GOLD}))
def test_references_against_those_read_by_hand(file, folder):
    parsed = library.load(folder("gov" if file.endswith(".html") else "statutes") / file)
    found = [[file, r.title, r.label] for clause in parsed.clauses for r in clause.references]
    assert found == [row for row in GOLD if row[0] == file]


def test_short_names():
    text = "根据《中华人民共和国收养法》(以下简称收养法)和《关于甲的意见》（国发〔2018〕1号，以下简称《意见》）"
    assert references.shortened(text) == {"收养法": "中华人民共和国收养法", "意见": "关于甲的意见"}
