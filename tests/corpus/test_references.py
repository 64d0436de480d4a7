"""References: titles, document numbers and clauses that a text cites."""

import pytest

from zhice.corpus import references


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
        ("落实《甲条例》修改后的要求。", ["cites"]),
    ],
)
def test_what_a_text_does_to_the_documents_it_names(text, relations):
    assert [reference.relation for reference in references.find(text, 0, len(text))] == relations
