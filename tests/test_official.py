"""Official citations."""

import pytest

from zhice import official
from zhice.corpus.model import Clause, Document


def clause(*path):
    return Clause("d/x", "item", path[-1], "", 0, 1, 1, "", path, ())


@pytest.mark.parametrize(
    ("path", "cited"),
    [
        (("第二章", "第八条", "（一）"), "第八条（一）"),  # articles are numbered through the chapters
        (("第一编", "第二章", "第一节", "第二十条", "第一款"), "第二十条第一款"),
        (("第三章", "第一百二十条之一"), "第一百二十条之一"),
        (("第三章",), "第三章"),
        (("八", "(十五)", "90", "(2)"), "八（十五）90（2）"),
        (("一", "1"), "一、1"),
        (("1", "1.4", "（1）"), "1.4（1）"),
        (("5", "5.1", "5.1.3"), "5.1.3"),
        (("一", "(二)", "——"), "一（二）"),  # a dash is no number
        (("附件1", "第一行"), "附件1第一行"),
        (("附件", "第二条"), "附件第二条"),
        (("引言",), "引言"),
    ],
)
def test_addresses(path, cited):
    assert official.address(clause(*path)) == cited


@pytest.mark.parametrize(
    ("document", "cited"),
    [
        (Document("d", "专利代理条例", "", "国令第706号"), "《专利代理条例》（国令第706号）第八条"),
        (Document("d", "关于印发《公园计划》的通知", "", ""), "《关于印发〈公园计划〉的通知》第八条"),
        (Document("d", "科技强市建设实施方案", "", ""), "《科技强市建设实施方案》第八条"),
    ],
)
def test_citations(document, cited):
    assert official.citation(document, clause("第二章", "第八条")) == cited
    assert official.citation(document) == cited.removesuffix("第八条")
