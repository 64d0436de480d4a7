"""The lines around the body, and headings: each rule with its lines."""

import pytest

from zhice.corpus import headings, zones


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("大政办发〔2018〕54号", True),
        ("国发[2018]1号", True),
        ("浙政发（2018）第 12 号", True),
        ("国函〔1996〕95号", True),
        ("国务院令第706号", True),
        ("第 706 号", True),
        ("中华人民共和国主席令第四十五号", False),  # a line of its own only with figures; else a title line
        ("根据国发〔2018〕1号文件", False),
        ("2018年1号", False),
    ],
)
def test_document_number(line, expected):
    assert zones.is_number(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2018年5月16日", True),
        ("2018 年 5 月 16 日", True),
        ("二〇一八年五月十六日", True),
        ("一九九六年十二月三十一日", True),
        ("2018-05-16", True),
        ("2018年5月16日起施行", False),
        ("2018年", False),
    ],
)
def test_date(line, expected):
    assert zones.is_date(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("（2001年11月15日上海市第十一届人民代表大会常务委员会第三十三次会议通过）", True),
        ("（2013年1月30日修订）", True),
        ("(2019年12月13日浙江省第十三届人民代表大会常务委员会批准)", True),
        ("（此件公开发布）", True),
        ("（联系人：张三，电话123）", True),
        ("2018年10月26日第六次会议通过。", False),
        ("（区经信局）", False),
    ],
)
def test_note(line, expected):
    assert zones.is_note(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("各市人民政府、省政府各厅委、各直属机构:", True),
        ("各省、自治区、直辖市人民政府，国务院各部委、各直属机构：", True),
        ("教育部：", True),
        ("大连市人民政府：", True),
        ("各有关单位：", True),
        ("北京市人民政府，沈阳、兰州军区：", True),
        ("适用范围：", False),
        ("各区医保局、财政局，各街道办事处：", True),
        ("现将有关事项通知如下：", False),
        ("经市政府同意。请各单位：", False),
        ("各市人民政府", False),
    ],
)
def test_addressee(line, expected):
    assert zones.is_addressee(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("大连市人民政府办公厅", True),
        ("国务院", True),
        ("财政部 税务总局", True),
        ("总理 李克强", True),
        ("省长　王某某", True),
        ("请结合实际，认真贯彻落实。", False),
    ],
)
def test_signer(line, expected):
    assert zones.is_signer(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("附件1", ("1", "")),
        ("附件：", ("", "")),
        ("附件2：评估办法", ("2", "评估办法")),
        ("附件一 任务分工表", ("一", "任务分工表")),
        ("附表1", ("1", "")),
        ("附：任务分工表", ("", "任务分工表")),
        ("附录A", None),
        ("附则", None),
        ("附件所列的企业，应当报告。", None),
    ],
)
def test_attachment(line, expected):
    assert zones.annex(line) == expected


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("目　录", "目　录"),
        ("目 录", "目录"),
        ("第二章 业主………………3", "第二章业主"),
        ("第二章 业主 ...... 12", "第二章业主"),
        ("附则", "附则"),
    ],
)
def test_entry_of_a_table_of_contents(line, entry):
    assert zones.entry(line) == entry


@pytest.mark.parametrize(
    ("words", "kind", "heading"),
    [
        ("培育创新领军企业。以骨干企业为基础，实行跟踪服务。", "item", "培育创新领军企业"),
        ("总体要求", "section", "总体要求"),
        ("指导思想。", "section", "指导思想"),
        ("(一)加强领导", "section", "(一)加强领导"),
        ("工作目标：到2020年，达到50%。到2025年，达到60%。", "section", "工作目标"),
        ("筹建交易市场(责任单位:高新区管委会、市科技局)", "subitem", "筹建交易市场"),
        ("坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的十九大精神；统筹推进。", "section", ""),
        ("支持建设“双创。基地”", "item", ""),  # a quotation mark that opens must close
        ("【立法目的】为了规范", "article", "立法目的"),
        ("为了规范", "article", ""),
        ("房屋；", "point", ""),
        ("", "section", ""),
    ],
)
def test_heading(words, kind, heading):
    assert headings.of(words, kind) == heading
