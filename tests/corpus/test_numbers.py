"""Numbers right: amounts, shares and ranges with their values, and every amount of the laws against a second reading.

The second reading is a grammar of its own: it walks over characters, where the product matches patterns.
"""

import json
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from zhice.corpus import numerals, quantities
from zhice.retrieval.query import amounts

VALUES = [
    ("零点五", "0.5"), ("八点五", "8.5"), ("一点二", "1.2"), ("一点二万亿", "1200000000000"),
    ("一万五千", "15000"),
    ("两万五千", "25000"),
    ("一万零三百", "10300"), ("3亿5千万", "350000000"), ("3亿5000万", "350000000"), ("伍拾万", "500000"), ("贰佰零叁", "203"),
    ("壹万贰仟", "12000"), ("一百十五", "115"), ("一百一十五", "115"), ("一百零五", "105"), ("一千零一十", "1010"),
    ("两亿三千万", "230000000"),
    ("十", "10"), ("十五", "15"), ("二十", "20"), ("三十万", "300000"), ("1万2000", "12000"), ("10万5千", "105000"), ("1,200.5", "1200.5"),
    ("１２", "12"), ("12.5万", "125000"), ("二〇一八", "2018"), ("五千", "5000"), ("0.8亿", "80000000"), ("一百", "100"), ("千", "1000"),
    ("万亿", None), ("万", None), ("点五", None), ("五点", None), ("条", None), ("", None), ("三至五", None),
]  # fmt: skip
WRITTEN = [  # a text, its quantities as (value, unit, sign)
    ("按百分之零点五征收", [("零点五", "%", "=")]),
    ("按8.5‰计收", [("8.5", "‰", "=")]),
    ("千分之三", [("三", "‰", "=")]),
    ("按日加收万分之五的滞纳金", [("五", "‱", "=")]),
    ("百分之八点五以上", [("八点五", "%", "≥")]),
    ("百分之12.5", [("12.5", "%", "=")]),
    ("总额达到一点二万亿元", [("一点二", "万亿元", "=")]),
    ("罚款一万五千元", [("一万五千", "元", "=")]),
    ("奖励两万五千元", [("两万五千", "元", "=")]),
    ("投入3亿5千万元", [("3亿5千万", "元", "=")]),
    ("给予伍拾万元补助", [("伍拾", "万元", "=")]),
    ("五千元以上一万五千元以下的罚款", [("五千", "元", "≥"), ("一万五千", "元", "≤")]),
    ("处一万元以上十万元以下罚款", [("一", "万元", "≥"), ("十", "万元", "≤")]),
    ("不超过一万零三百元", [("一万零三百", "元", "≤")]),
    ("三十万至五十万元", [("三十万至五十", "万元", "=")]),
    ("1.5万元以上3万元以下", [("1.5", "万元", "≥"), ("3", "万元", "≤")]),
    ("5000万元以上1亿元以下", [("5000", "万元", "≥"), ("1", "亿元", "≤")]),
    ("二百五十平方米以上五百平方米以下", [("二百五十", "平方米", "≥"), ("五百", "平方米", "≤")]),
    ("三个月以上六个月以下", [("三", "个月", "≥"), ("六", "个月", "≤")]),
    ("十五个工作日内", [("十五", "个工作日", "≤")]),
    ("二点五倍以上", [("二点五", "倍", "≥")]),
    ("违法所得一倍以上五倍以下罚款", [("一", "倍", "≥"), ("五", "倍", "≤")]),
    ("10万5千人以上", [("10万5千", "人", "≥")]),
    ("第一百十五条规定的三百元", [("三百", "元", "=")]),
    ("一元化领导", []),
    ("大陆元素和队伍建设", []),
]
ARTICLES = [
    ("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("九十九", 99), ("一百", 100), ("一百零一", 101), ("一百一十五", 115),
    ("一百十五", 115),
    ("贰佰零叁", 203), ("一千二百六十", 1260), ("〇", 0), ("115", 115), ("①", 1),
]  # fmt: skip
HELD = [  # what a question gives, a text with a range, whether the range holds it
    ("罚一万二千元", "处五千元以上一万五千元以下罚款", 1.0),
    ("罚两万元", "处五千元以上一万五千元以下罚款", -1.0),
    ("投资3亿5千万元", "投资三亿元以上五亿元以下的", 1.0),
    ("投资0.8亿元", "5000万元以上1亿元以下的项目", 1.0),
    ("投资1亿2000万元", "5000万元以上1亿元以下的项目", -1.0),
    ("面积三百平方米", "二百五十平方米以上五百平方米以下", 1.0),
    ("占比4%", "百分之三以上百分之五以下的", 1.0),
    ("考了60分", "按百分之五缴纳，提高3.5个百分点", 0.0),  # no points of an examination
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_value(text, value):
    assert numerals.value(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(("text", "found"), WRITTEN)
def test_quantities(text, found):
    assert [(one.value, one.unit, one.sign) for one in quantities.find(text, 0, len(text))] == found


@pytest.mark.parametrize(("numeral", "number"), ARTICLES)
def test_numbers_of_articles(numeral, number):
    assert numerals.to_int(numeral) == number


@pytest.mark.parametrize(("question", "text", "agreement"), HELD)
def test_a_given_amount_lies_in_its_range(question, text, agreement):
    assert amounts.agreement(question, text) == agreement


_WRITTEN = ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGIT = {character: value for value, characters in enumerate(_WRITTEN) for character in characters}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
NUMERIC = set(DIGIT) | set(TENS) | set("0123456789.,点万亿")


def reckoned(number):
    """The value of a number, one character after another: what stands before 万 and 亿 is kept, each with what it was multiplied by."""
    total = Decimal(0)  # what stands before 亿 or 万
    section = Decimal(0)  # what stands since
    digits, after = "", False
    for character in number.replace(",", ""):
        if character.isdigit() or character == ".":
            digits += character
        elif character in DIGIT:
            digits += str(DIGIT[character])
            if not after and len(digits) > 1 and digits[0] == "0":
                digits = digits[1:]
        elif character == "点":
            digits, after = (digits or "0") + ".", True
        else:
            plain = Decimal(digits) if digits else None
            digits, after = "", False
            if character in TENS:
                section += (Decimal(1) if plain is None or plain == 0 else plain) * TENS[character]
            elif character == "万":
                section = (section + (plain or 0)) * 10**4
                total, section = (total + section, Decimal(0)) if not number.endswith("万亿") else (total, section)
            else:
                total, section = (total + section + (plain or 0)) * 10**8, Decimal(0)
    return total + section + (Decimal(digits) if digits else 0)


def second_reading(text):
    """Every amount of money and every share of a text, as (value, unit), walking from units back to where the number begins."""
    out = []
    for at, character in enumerate(text):
        if character == "元" and at and text[at - 1] in NUMERIC:
            start = at
            while start and text[start - 1] in NUMERIC:
                start -= 1
            number = text[start:at].lstrip(".,点")
            if any(c.isdigit() or c in DIGIT or c in TENS for c in number):
                out.append((reckoned(number), "元", start))
        if text.startswith(("百分之", "千分之", "万分之"), at):
            stop = at + 3
            while stop < len(text) and text[stop] in NUMERIC - set("万亿"):
                stop += 1
            if stop > at + 3:
                out.append((reckoned(text[at + 3 : stop].rstrip(".,点")), "%‰‱"["百千万".index(character)], at))
        if character in "%‰％" and at and text[at - 1].isdigit():
            start = at
            while start and (text[start - 1].isdigit() or text[start - 1] == "."):
                start -= 1
            out.append((Decimal(text[start:at].strip(".")), character.replace("％", "%"), start))
    return out


BOUNDED = ("以上", "以下", "的罚款", "罚款", "以内")


def test_the_second_reading():
    assert [(value, unit) for value, unit, _ in second_reading("处五千元以上一万五千元以下，百分之零点五，3亿5千万元，8.5‰")] == [
        (Decimal(5000), "元"), (Decimal(15000), "元"), (Decimal("0.5"), "%"), (Decimal(350000000), "元"), (Decimal("8.5"), "‰"),
    ]  # fmt: skip


SCALE = {
    "": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9,
    "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip


def told(text):
    """What the product reads of the same: where each amount of money and each share stands, and its value; of a range both of them."""
    out = []
    for one in quantities.find(text, 0, len(text)):
        money = one.unit.endswith("元") and one.unit[:-1] in SCALE
        if money or one.unit in "%％‰‱":
            unit, size = ("元", SCALE[one.unit[:-1]]) if money else (one.unit.replace("％", "%"), 1)
            ends = re.split("[-—–~～至]", one.value)
            read = [(numerals.value(end.removesuffix("元").rstrip("%％‰")), end) for end in ends]
            last = len(read) - 1
            out.append(
                (one.at, one.end, {(value * _size(end, n == last, size), unit) for n, (value, end) in enumerate(read) if value is not None})
            )
    return out


def _size(end, is_last, size):
    """What an end of a range is multiplied by: the first may have its own unit (一千元至三万元, 三十万至五十万元)."""
    return size if is_last or not (end.endswith("元") or end[-1] in "万亿") else 1


def test_every_amount_of_the_laws_is_read_as_the_second_reading_reads_it():
    """Amounts and shares that both see are compared, all of them; and of those with a bound none may be missing."""
    file = Path(os.environ.get("ZHICE_SHARED") or "none") / "law" / "corpus.jsonl"
    if not file.is_file():
        pytest.skip("no $ZHICE_SHARED/law/corpus.jsonl here: 58,530 articles of statutes")
    compared, wrong, missing = 0, [], []
    for line in file.open(encoding="utf-8"):
        text = json.loads(line)["text"]
        if "元" not in text and "分之" not in text and "%" not in text and "‰" not in text:
            continue
        read = told(text)
        for value, unit, at in second_reading(text):
            values = next((values for start, end, values in read if start <= at < end), None)
            if values is not None:
                compared += 1
                if (value, unit) not in values:
                    wrong.append((text[max(0, at - 10) : at + 25], value, values))
            elif unit == "元" and any(bound in text[at : at + 14] for bound in ("元以上", "元以下")):
                missing.append(text[max(0, at - 10) : at + 20])
    assert compared > 8_600
    assert wrong == []
    assert missing == []
