"""Copies of one text are one document with several sources; a revision never is a copy."""

import pytest

from zhice.corpus import duplicates, library

OWN = """云溪市共享雨伞管理办法
云政发〔2020〕8号
第一条 为规范共享雨伞的投放，制定本办法。
第二条 市城管局负责共享雨伞的投放管理，每个站点不少于20把。
第三条 损坏雨伞的，照价赔偿，最高不超过60元。
第四条 本办法自2020年5月1日起施行。
"""
UNNUMBERED = OWN.replace("云政发〔2020〕8号\n", "")


def load(tmp_path, *texts):
    """The texts as documents a.txt, b.txt …"""
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in zip("abcdefgh", texts, strict=False):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def sources(folder):
    return [one.document.sources for one in library.load_folder(folder)]


ONE = {
    "the same": OWN,
    "other spaces and marks": OWN.replace("，", ",").replace("第一条 ", "第一条　").replace("20把", "２０把"),
    "wrapped lines": OWN.replace("每个站点", "每个\n站点").replace("最高不", "最\n高不"),
    "lines of a site around it": OWN.replace("云政发", "来源：云溪发布  点击量：17\n云政发") + "\n责任编辑：小云\n打印本页  关闭窗口",
    "without its number": UNNUMBERED,
}
TWO = {
    "another amount": OWN.replace("60元", "80元"),
    "another body": OWN.replace("市城管局", "市交通局"),
    "another verb": OWN.replace("照价赔偿", "折价赔偿"),
    "another number": OWN.replace("8号", "9号"),
    "another day": OWN.replace("2020年5月1日", "2021年5月1日"),
    "a clause more": OWN.replace("第四条", "第四条 投放企业应当投保。\n第五条"),
    "a clause less": OWN.replace("第三条 损坏雨伞的，照价赔偿，最高不超过60元。\n", ""),
    "a sentence more at the end": OWN.rstrip() + "有效期5年。",
    "another title, no number": UNNUMBERED.replace("雨伞管理办法", "雨伞管理规定"),
    "a notice that carries it": "关于印发办法的通知\n各区：现将办法印发给你们，请认真执行。执行中的问题请告市城管局。\n" + UNNUMBERED,
}


@pytest.mark.parametrize("other", ONE.values(), ids=ONE)
def test_one_document_with_two_sources(other, tmp_path):
    assert sources(load(tmp_path, OWN, other)) == [("a.txt", "b.txt")]


@pytest.mark.parametrize("other", TWO.values(), ids=TWO)
def test_two_documents(other, tmp_path):
    given = UNNUMBERED if "no number" in next(name for name, text in TWO.items() if text == other) else OWN
    assert sources(load(tmp_path, given, other)) == [("a.txt",), ("b.txt",)]


def test_that_of_which_most_is_known_is_kept(tmp_path):
    (one,) = library.load_folder(load(tmp_path, UNNUMBERED, OWN))
    assert (one.document.id, one.document.number) == ("云政发2020-8", "云政发〔2020〕8号")
    assert one.document.sources == ("b.txt", "a.txt")
    assert one.clauses[0].id.startswith("云政发2020-8/")


def test_short_texts_are_one_only_when_equal(tmp_path):
    short = "办伞须知\n第一条 免费。"
    assert sources(load(tmp_path, short, short + "\n", short.replace("免费", "收费"))) == [("a.txt", "b.txt"), ("c.txt",)]


def test_it_comes_out_the_same_again_and_a_third_source_joins(tmp_path):
    folder = load(tmp_path, OWN, ONE["wrapped lines"])
    first = library.load_folder(folder)
    assert duplicates.merged(first) == first
    later = library.load(folder / "b.txt", name="c.txt")
    (joined,) = duplicates.merged([*first, later])
    assert joined.document.sources == ("a.txt", "b.txt", "c.txt")


def test_thousands_of_documents(tmp_path):
    folder = load(tmp_path, OWN)
    one = library.load(folder / "a.txt")
    texts = [OWN.replace("雨伞", f"第{n}类用品") for n in range(1000)]
    parsed = []
    for n, text in enumerate([*texts, *texts]):
        (folder / "a.txt").write_text(text.replace("8号", f"{n % 1000}号"), "utf-8")
        parsed.append(library.load(folder / "a.txt", name=f"{n}.txt"))
    found = duplicates.merged([one, *parsed])
    assert len(found) == 1001
    assert {len(each.document.sources) for each in found[1:]} == {2}
