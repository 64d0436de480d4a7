"""Spaces between characters that were scanned."""

import pytest

from zhice.corpus import spacing


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("每户补助 3 5 万元，比例 8 0 %", "每户补助 35 万元，比例 80%"),
        ("补助 3 5 万元", "补助 35 万元"),
        ("一次性补助1 8万元", "一次性补助18万元"),
        ("比例不低于9 5%", "比例不低于95%"),
        ("自 2 0 2 3 年 7 月 1 日起", "自 2023 年 7 月 1 日起"),
        ("增长 8 . 5 %", "增长 8.5%"),
        ("第 二 十 条 居 民 委 员 会 负 责 登 记 。", "第二十条 居民委员会负责登记。"),
        ("城 镇 居 民 养 老 办 法", "城镇居民养老办法"),
        ("总 则", "总则"),
        ("10 20 30", "10 20 30"),  # cells of a row of figures
        ("3 5 8", "3 5 8"),
        ("1 5万元以下的罚款", "1 5万元以下的罚款"),  # a number of a row
        ("2 0 2 4 年 6 月", "2024 年 6 月"),
        ("表1 8万元", "表1 8万元"),
        ("甲 | 3 5 万元 | 一 | 二 | 三 | 四 | 五", "甲 | 3 5 万元 | 一 | 二 | 三 | 四 | 五"),
    ],
)
def test_closed(raw, line):
    assert spacing.closed(raw) == line
