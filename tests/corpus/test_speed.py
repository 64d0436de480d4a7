"""Parsing takes time in proportion to the text, whatever the text is."""
# ruff: noqa: E501 - tables, one case a line

import gc
import re
import sys
import time

import pytest

from zhice.corpus import clean, html, library, outline
from zhice.corpus.annotate import annotate
from zhice.corpus.formats import folders, registry

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.gettrace() is not None, reason="coverage is being measured, which slows every line"),
]
KILOBYTES, LIMIT = 50, 1  # a fifth of a second on an idle machine; a pattern that runs away takes many
NASTY = (
    "、", "，", "(", ")", "（", "“", "《", "《甲》", "《甲", "|", "中", "A", "1", "1.", "1.1.", "1,111", "第一", "第" + "一" * 40, "第一条", "第一条第一款第（一）项", "一是甲", "首先，甲。其次，乙。",
    "甲" + " " * 50, "（市科技局", "市科技局、", "责任单位：", "负责", "甲负责", "由市局会同", "甲局会同", "局和", "委", "甲要", "各有关部门和委员会", "有关部门、负责，", "按照职责分工", "培育10家", "不超过",
    "2018年", "由2007年的3件", "百分之", "五百元以上", "千瓦", "国发〔2018〕", "甲〔2018〕1", "附件", "區(qū)", "（2018年甲", "目录\n甲\n乙\n",
    "甲\n", "甲。\n乙\n", "一、甲\n", "1.甲\n", "第一条 甲\n乙。\n", "一、甲\n第一条 乙\n（一）丙\n", "——甲\n乙。\n", "一是甲。二是乙。\n", "（甲\n", "2018年5月16日\n", "某市政府\n", "关于某的通知\n",
    "附件\n", "一、甲\n关于某的通知\n二、乙\n", "1 甲\n1.1 乙\n",
    "①", "甲①。\n①乙\n", "注：甲\n", "注：1.甲\n", "[1] 甲\n", "一、甲\n[1] 乙\n", "第一条 甲。\n乙丙\n", "第一章 甲\n乙丙\n",
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_collection():
    """Garbage collection takes its time now and then, not in proportion to the text at hand."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def seconds(text):
    start = time.thread_time()
    text = "\n".join(line for _, line in clean.clean(tuple(enumerate(text.split("\n"), 1))))
    annotate(text, outline.parse(text, "d"))
    return time.thread_time() - start


@pytest.mark.parametrize("piece", NASTY)
def test_no_text_makes_a_pattern_run_away(piece):
    assert seconds(piece * (KILOBYTES * 1000 // len(piece.encode()))) < LIMIT


@pytest.mark.parametrize("piece", ["<div><a href=x>甲</a> <a href=x>乙</a>", "<p>甲。<a href=x>乙</a>", "<tr><td rowspan=9>甲<td>乙"])
def test_no_page_takes_long(piece):
    start = time.thread_time()
    html.read(piece * (KILOBYTES * 1000 // len(piece.encode())))
    assert time.thread_time() - start < LIMIT


MANY = {
    "references": ("a.txt", "第一条 " + "".join(f"依照《甲法》第{n}条第二款的规定，" for n in range(1, 4001))),
    "documents": ("a.txt", "第一条 " + "".join(f"依照《甲{n}法》（国发〔2011〕{n}号）、" for n in range(1, 4001))),
    "attributes": ("a.html", "<p " + " ".join(f'a{n}="{n}"' for n in range(100_000)) + ">第一条 甲局负责。</p>"),
    "entries": ("a.html", "<ol>" + "<li>甲</li>" * 2000 + "</ol>"),
    "broken lines": ("a.txt", "甲办法\n第一条 乙\n" + "甲的\n" * 20_000),
}


@pytest.mark.parametrize("kind", MANY)
def test_many_of_a_kind_take_no_longer_each(kind):
    name, text = MANY[kind]
    start = time.thread_time()
    library.parse(text.encode(), name)
    assert time.thread_time() - start < LIMIT


def test_a_document_ten_times_as_long_takes_ten_times_as_long():
    found = folders.walk(library.default_folder())
    raw = [line for one in found for _, line in clean.clean(registry.read(one.path.read_bytes(), one.name).lines)]

    def policy(size):
        """The lines of the policies again and again, their numbers running on."""
        lines, length = [], 0
        while length < size:
            lines.append(re.sub(r"^\d+\.", f"{len(lines)}.", raw[len(lines) % len(raw)]))
            length += len(lines[-1].encode()) + 1
        return "\n".join(lines)

    short, long = policy(500_000), policy(5_000_000)
    assert seconds(long) <= 12 * sum(seconds(short) for _ in range(4)) / 4
