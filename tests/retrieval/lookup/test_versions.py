"""Which document ended which other one, from when, and what holds as of a day."""

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval.lookup import direct, versions
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import scope

ISSUED = "\n\n云溪市人民政府\n{}"
OLD = "云溪市雨伞借用办法\n（2015年3月2日发布，2015年4月1日起施行）\n第一条 市城管局负责雨伞借用。\n第二条 每次借用押金20元。"
NEW = "云溪市雨伞借用办法\n云政发〔2021〕4号\n第一条 市文旅局负责雨伞借用。\n第二条 每次借用押金30元。\n第三条 本办法自2021年6月1日起施行。"


@pytest.fixture
def collect(tmp_path):
    """Makes the collection of documents, each given by its name and text."""

    def collect(**texts):
        (tmp_path / "docs").mkdir()
        for name, text in texts.items():
            (tmp_path / "docs" / f"{name}.txt").write_text(text, "utf-8")
        entries = (f'[[document]]\nfile = "{name}.txt"\nid = "{name}"\n' for name in texts)
        (tmp_path / "docs.toml").write_text("".join(entries), "utf-8")
        stores.build(library.load_folder(tmp_path / "docs"), HashEmbedder(), tmp_path / "store")
        return Collection.of(stores.load(tmp_path / "store"))

    return collect


ENDED = {
    "by its title": (OLD, f"{NEW}《云溪市雨伞借用办法》同时废止。", True),
    "by its title and year": (OLD, f"{NEW}2015年发布的《云溪市雨伞借用办法》同时废止。", True),
    "by its number": (
        "云溪市阳伞借用规定\n云政发〔2015〕9号\n第一条 押金20元。",
        f"{NEW}《云溪市阳伞借用规定》（云政发〔2015〕9号）同时停止执行。",
        True,
    ),
    "by its number, without a date": ("雨具规定\n云政发〔2015〕9号\n第一条 押金20元。", f"{NEW}云政发〔2015〕9号同时废止。", True),
    "by 原办法": (OLD, f"{NEW}原办法自本办法施行之日起废止。", False),
    "by a remark behind the title": (OLD, NEW.replace("办法\n云", "办法（2021年修订）\n云"), False),
    "by a note": (OLD, NEW.replace("云政发〔2021〕4号", "（2014年1月1日通过 2021年5月10日修订）"), False),
}
KEPT = {
    "nothing is said": (OLD, NEW),
    "another number": (OLD.replace("（2015", "云政发〔2015〕9号\n（2015"), f"{NEW}《云溪市雨伞借用办法》（云政发〔2012〕1号）同时废止。"),
    "another title": (OLD, f"{NEW}《云溪市阳伞借用办法》同时废止。"),
    "one clause of it": (OLD, f"{NEW}《云溪市雨伞借用办法》第二条同时废止。"),
    "it is only cited": (OLD, f"{NEW}《云溪市雨伞借用办法》继续有效。"),
    "it is the newer one": (OLD.replace("2015", "2025"), f"{NEW}《云溪市雨伞借用办法》同时废止。"),
    "the revision of another": (OLD, NEW.replace("雨伞借用办法\n云", "雨伞回收办法（2021年修订）\n云")),
}


@pytest.mark.parametrize(("old", "new", "outright"), ENDED.values(), ids=ENDED)
def test_ended(old, new, outright, collect):
    collection = collect(old=old, new=new)
    (key, ending), *others = versions.endings(collection).items()
    assert (key, ending.by, ending.since, ending.repeals, others) == ("old", "new", "2021-06-01", outright, [])


@pytest.mark.parametrize(("old", "new"), KEPT.values(), ids=KEPT)
def test_kept(old, new, collect):
    assert not versions.endings(collect(old=old, new=new))


def test_each_version_is_ended_by_the_next(collect):
    second = NEW.replace("2021", "2018") + "《云溪市雨伞借用办法》同时废止。"
    third = NEW.replace("2021", "2024") + "《云溪市雨伞借用办法》同时废止。"
    collection = collect(first=OLD, second=second, third=third)
    assert {key: (ending.by, ending.since) for key, ending in versions.endings(collection).items()} == {
        "first": ("second", "2018-06-01"),
        "second": ("third", "2024-06-01"),
    }
    assert set(versions.relatives(collection)) == {"first", "second", "third"}
    assert versions.in_force_first(["first", "second", "third"], "2026-01-01", collection) == ["third", "first", "second"]
    assert versions.in_force_first(["first", "second", "third"], "2019-12-31", collection) == ["second", "first", "third"]


STATES = [
    ("old", "2015-03-31", versions.NOT_YET),
    ("old", "2015-04-01", versions.IN_FORCE),
    ("old", "2021-05-31", versions.IN_FORCE),
    ("old", "2021-06-01", versions.SUPERSEDED),
    ("new", "2021-05-31", versions.NOT_YET),
    ("new", "2021-06-01", versions.IN_FORCE),
    ("new", "2026-05-31", versions.IN_FORCE),
    ("new", "2026-06-01", versions.EXPIRED),
    ("marked", "2020-01-01", versions.ENDED),
]


def test_states(collect):
    new = f"{NEW}有效期至2026年5月31日。《云溪市雨伞借用办法》同时废止。".replace("施行。有效期", "施行，有效期")
    collection = collect(old=OLD, new=new, marked="云溪市旧伞办法（已废止）\n第一条 旧伞免费。")
    for key, day, kind in STATES:
        assert versions.state(collection.store.catalogue.document(key), day, collection).kind == kind, (key, day)


DATED = [
    ("2019年的雨伞借用办法怎么规定押金", "2019-12-31", ()),
    ("按2019年的云溪市雨伞借用办法，押金多少", "2019-12-31", ()),
    ("雨伞借用办法2019年时由谁负责", "2019-12-31", ()),
    ("雨伞借用办法的押金多少", "", ()),
    ("2023年的雨伞借用办法押金多少", "", ("2023",)),  # the one of today: nothing to be changed
    ("2019年的垃圾分类办法怎么规定", "", ("2019",)),
    ("雨伞借用办法要求到2019年建成多少站点", "", ("2019",)),
]


@pytest.mark.parametrize(("question", "day", "years"), DATED)
def test_as_of(question, day, years, collect):
    collection = collect(old=OLD, new=f"{NEW}《云溪市雨伞借用办法》同时废止。", other="云溪市垃圾分类办法\n第一条 分四类。")
    query = versions.dated(understand(question, collection), collection)
    assert (query.as_of, query.years) == (day, years)
    assert ("2019" in query.text) == ("2019" in years)


def looked_up(question, collection, history=()):
    query = understand(question, collection, history)
    found = direct.direct(query, scope.of(query, collection), collection)
    return [words for words, _ in found.lines] if isinstance(found, direct.Draft) else found


LATER = f"{NEW}\n第四条 借用凭证有效期1年。\n《云溪市雨伞借用办法》同时废止。"
FIRST, SECOND = "第三条 本办法自2021年6月1日起施行。", "《云溪市雨伞借用办法》同时废止。"
BOTH = ["《云溪市雨伞借用办法》（云政发〔2021〕4号）：", "效力：现行", FIRST, "《云溪市雨伞借用办法》：", "效力：已废止", SECOND]
UNSAID = "没有写明已经废止或失效，也没有被语料里的其他文件废止；是否仍然有效，请向发文机关核实。"
HOLDS = [
    ("云溪市雨伞借用办法现在还有效吗", BOTH),
    ("《云溪市雨伞借用办法》是否已经废止？", BOTH),
    ("云政发〔2021〕4号还有效吗", BOTH),
    ("雨伞借用办法现在还有效吗", BOTH),
    ("雨伞借用办法废止了没有", BOTH),
    ("云溪市垃圾分类办法目前仍然有效吗", ["《云溪市垃圾分类办法》：", UNSAID]),
    ("云溪市雨伞借用办法规定押金多少", None),
    ("借用凭证现在还有效吗", None),
    ("借用办法里的雨伞现在还有效吗", None),
    ("雨伞借用凭证的有效期是几年", None),
]


@pytest.mark.parametrize(("question", "lines"), HOLDS)
def test_whether_a_document_holds(question, lines, collect):
    collection = collect(old=OLD, new=LATER, other="云溪市垃圾分类办法\n第一条 分四类。")
    assert looked_up(question, collection) == lines


def test_it_is_asked_after_another_question(collect):
    collection = collect(old=OLD, new=LATER, other="云溪市垃圾分类办法\n第一条 分四类。")
    assert looked_up("它现在还有效吗", collection, ("云溪市雨伞借用办法的押金是多少",)) == BOTH
