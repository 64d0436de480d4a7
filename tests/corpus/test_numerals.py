"""Numbers as documents write them."""

import pytest

from zhice.corpus import numerals


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两百", 200),
        ("一百零三", 103),
        ("一百二十", 120),
        ("一千零一", 1001),
        ("一千二百六十", 1260),  # 民法典
        ("九千九百九十九", 9999),
        ("二〇一八", 2018),
        ("二零一八", 2018),
        ("一〇五", 105),
        ("〇", 0),
        ("12", 12),
        ("１２", 12),
        ("①", 1),
        ("⑳", 20),
        ("⑴", 1),
        ("⒈", 1),
        ("㈠", 1),
        (" 三 ", 3),
        ("条", None),
        ("", None),
        ("一条", None),
        ("1.5", None),
        ("-1", None),
        ("1234567890", None),
        ("一" * 13, None),
    ],
)
def test_value_of_a_numeral(written, value):
    assert numerals.to_int(written) == value


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (105, "一百零五"), (110, "一百一十"),
     (111, "一百一十一"), (1001, "一千零一"), (1010, "一千零一十"), (1260, "一千二百六十"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_number_in_chinese(number, written):
    assert numerals.to_chinese(number) == written


def test_every_number_comes_back():
    assert all(numerals.to_int(numerals.to_chinese(n)) == n for n in range(10000))
