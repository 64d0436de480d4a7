"""Markdown, and what converters of PDFs put among it."""

import pytest

from zhice.corpus import markdown


def lines(text):
    return [line for _, line in markdown.lines(text) if line]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        (r"补助比例为 $45\%$ 。", "补助比例为 45% 。"),
        (r"$\textcircled{3}$ 提交申请", "③ 提交申请"),
        (r"面积 $\geq 20 \mathrm{m}^{2}$", "面积 ≥ 20 m²"),
        (r"$2 0 \sim 3 0$ 户", "20 ～ 30 户"),
        ("每户$5与$6", "每户$5与$6"),
        ("US$5 or US$6", "US$5 or US$6"),
        ("最高 $30$ 万元", "最高 30 万元"),
        ("![图](images/a.png)", ""),
        ("见[渠道名录](https://a.example/b)。", "见渠道名录。"),
        ("依照[2021]5号", "依照[2021]5号"),
        ('<div align="center">2021年7月2日</div>', "2021年7月2日"),
        ("流量<5且>3", "流量<5且>3"),
        ("<!-- 页脚 -->", ""),
        (r"1\. 巡查", "1. 巡查"),
        ("甲&nbsp;乙&amp;丙", "甲\xa0乙&丙"),
        ("**重点**任务", "重点任务"),
    ],
)
def test_one_line(raw, plain):
    assert "".join(line for _, line in markdown.lines(raw)) == plain


def test_html_table():
    text = "前文\n<table><tr><td>渠道</td><td>长度</td></tr>\n"
    text += "<tr><td rowspan=2>东渠</td><td>$3$公里</td></tr>\n<tr><td>4公里</td></tr></table>\n后文"
    assert markdown.lines(text) == (
        (1, "前文"),
        (2, "渠道 | 长度"),
        (2, "渠道：东渠 | 长度：3公里"),
        (2, "渠道：东渠 | 长度：4公里"),
        (4, ""),
        (5, "后文"),
    )


def test_a_table_goes_on_after_the_end_of_a_page():
    text = "| 渠道 | 长度 |\n| --- | --- |\n| 东渠 | 3 |\n\n- 4 -\n\n| 西渠 | 5 |\n\n第三条 甲。\n| 丙 | 丁 |"
    assert lines(text) == ["渠道 | 长度", "渠道：东渠 | 长度：3", "- 4 -", "渠道：西渠 | 长度：5", "第三条 甲。", "| 丙 | 丁 |"]


def test_a_header_said_again_is_none():
    text = "| 渠道 | 长度 |\n|---|---|\n| 东渠 | 3 |\n\n| 渠道 | 长度 |\n|---|---|\n| 西渠 | 5 |"
    assert lines(text) == ["渠道 | 长度", "渠道：东渠 | 长度：3", "渠道：西渠 | 长度：5"]


def test_an_html_table_goes_on_after_the_end_of_a_page():
    head = "<table><tr><td>渠道</td><td>补助</td></tr><tr><td>东渠</td><td>3万元</td></tr></table>"
    rest = "<table><tr><td>西渠</td><td>5万元</td></tr></table>"
    assert lines(f"{head}\n\n- 4 -\n\n{rest}") == ["渠道 | 补助", "渠道：东渠 | 补助：3万元", "- 4 -", "渠道：西渠 | 补助：5万元"]
    assert lines(f"{head}\n\n二、另有\n\n{rest}")[-1] == "西渠 | 5万元"
