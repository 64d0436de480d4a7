"""Cleaning: each kind of trouble with the lines it came from."""

import pytest

from zhice.corpus import clean


def cleaned(*lines):
    return [line for _, line in clean.clean(tuple(enumerate(lines, 1)))]


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("　　一、总体要求　", "一、总体要求"),
        ("第　一　章　　总　　则", "第一章 总则"),
        ("第 十二 条　为了", "第十二条 为了"),
        ("目　录", "目录"),
        ("２０１８年，达到５０％", "2018年，达到50%"),
        ("Ｒ＆Ｄ经费", "R＆D经费"),
        ("甲\u200b乙\ufeff丙\x07", "甲乙丙"),
        ("财政部\xa0\xa0税务总局", "财政部 税务总局"),
        ("营造良好氛围。 |", "营造良好氛围。"),
        ("□第三条 县水务局负责。", "第三条 县水务局负责。"),
        ("□是 □否", "□是 □否"),
    ],
)
def test_one_line(raw, line):
    assert cleaned(raw) == [line]


def test_pinyin_behind_characters_and_traditional_ones():
    raw = "雙臺子區(qū)關(guān)于落實科技支持盤錦沿海經(jīng)濟(jì)帶建設(shè)助推經(jīng)濟(jì)發(fā)展(GDP)的計劃"
    assert cleaned(raw) == ["双台子区关于落实科技支持盘锦沿海经济带建设助推经济发展(GDP)的计划"]


def test_brackets_with_letters_stay_in_other_documents():
    assert cleaned("研发(an)经费与(R&D)投入") == ["研发(an)经费与(R&D)投入"]


def test_a_few_traditional_characters_stay():
    plain = "其余全部都是用简体字写成的普通公文正文，篇幅较长，足以说明这一份文件不是繁体字文件。" * 4
    assert cleaned(f"引用古籍“論語”一句，{plain}")[0].startswith("引用古籍“論語”一句")


def test_boilerplate_around_the_document():
    page = [
        "当前位置: 首页 >科技创新 >创新政策",
        "关于创新的实施意见",
        "发布时间:2021-03-25 浏览次数:628",
        "关于创新的实施意见",
        "一、总体要求",
        "浏览次数由网站统计。",
        "政策解读:https://example.cn/1.html",
        "友情链接:",
        "主办单位:某委员会 版权所有:某市人民政府办公室",
        "网站标识码:2111030025 ICP备案序号:辽ICP备2023000127号-1",
    ]
    assert cleaned(*page) == ["关于创新的实施意见", "一、总体要求", "浏览次数由网站统计。"]


def test_raw_lines_are_known():
    raw = ((3, "  甲 "), (4, ""), (9, "乙"))
    assert clean.clean(raw) == ((3, "甲"), (9, "乙"))
