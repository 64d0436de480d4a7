"""Facts of documents: title, number, issuer, region, dates, each with how it is known."""

from pathlib import Path

import pytest

from zhice.corpus import facts, outline, regions


def gathered(text, table=None):
    return facts.gather(text, outline.parse(text, "d"), table or {})


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2018年5月16日", "2018-05-16"),
        ("2018 年 5 月 16 日", "2018-05-16"),
        ("2018-05-16", "2018-05-16"),
        ("二〇一八年五月十六日", "2018-05-16"),
        ("二○一八年十二月三十一日", "2018-12-31"),
        ("一九九六年二月五日", "1996-02-05"),
        ("2018年13月1日", ""),
        ("五月十六日", ""),
    ],
)
def test_date(written, date):
    assert facts.iso(written) == date


LETTER = """大连市人民政府办公厅关于印发工作计划的通知
大政办发〔2018〕54号
各区市县人民政府：
现将工作计划印发给你们。本计划自印发之日起施行。
大连市人民政府办公厅
2018年5月16日"""
STATUTE = """某市养犬条例
（2017年9月30日通过，自2018年5月1日起施行）
第一条 为了规范养犬，制定本条例。
第二条 本条例自2018年5月1日起施行。"""


def test_facts_of_a_letter():
    found = gathered(LETTER)
    assert found.values == {
        "title": "大连市人民政府办公厅关于印发工作计划的通知",
        "number": "大政办发〔2018〕54号",
        "issuer": "大连市人民政府办公厅",
        "issued": "2018-05-16",
        "effective": "2018-05-16",
        "region": "大连市",
    }
    assert set(found.known.values()) == {"text"}


def test_facts_of_a_statute():
    values = gathered(STATUTE).values
    assert (values["title"], values["issued"], values["effective"]) == ("某市养犬条例", "2017-09-30", "2018-05-01")


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (
            "（1990年2月23日第七届全国人民代表大会常务委员会第十二次会议通过　根据2009年8月27日第十一届全国人民代表大会常务委员会"
            "第十次会议《关于修改部分法律的决定》第一次修正）",
            {"issuer": "全国人民代表大会常务委员会", "issued": "1990-02-23", "revised": "2009-08-27", "effective": "1990-02-23"},
        ),
        (
            "1999年2月2日 广东省第九届人民代表大会第二次会议通过\n2022年1月22日 广东省第十三届人民代表大会第五次会议修订",
            {
                "issuer": "广东省人民代表大会",
                "issued": "1999-02-02",
                "revised": "2022-01-22",
                "effective": "2022-01-22",
                "region": "广东省",
            },
        ),
        (
            "1999年5月12日 国务院批准\n1999年5月25日 民政部令第14号发布",
            {"number": "民政部令第14号", "issuer": "民政部", "issued": "1999-05-25", "published": "1999-05-25", "effective": "1999-05-25"},
        ),
        (
            "2007年9月27日 某市第十二届人民代表大会常务委员会第三十次会议通过\n2007年12月3日 某省人民代表大会常务委员会批准\n"
            "2010年8月25日 某市第十三届人民代表大会常务委员会第十二次会议通过\n2010年9月29日 某省人民代表大会常务委员会批准的《决定》修正",
            {"issuer": "某市人民代表大会常务委员会", "issued": "2007-12-03", "revised": "2010-09-29", "effective": "2007-12-03"},
        ),
        ("2018年1月1日 《关于修改某办法的决定》修正", {"revised": "2018-01-01"}),
    ],
)
def test_what_the_note_below_the_title_tells(note, expected):
    assert gathered(f"养犬条例\n{note}\n第一条 为了规范养犬，制定本条例。\n第二条 本条例自公布之日起施行。").values == {
        "title": "养犬条例",
        **expected,
    }


def test_a_city_is_named_in_full():
    text = "杭州市急救条例\n2014年6月27日 市十二届人民代表大会常务委员会第二十次会议通过\n第一条 为了急救，制定本条例。"
    assert gathered(text).values["issuer"] == "杭州市人民代表大会常务委员会"


@pytest.mark.parametrize(
    ("sentence", "effective", "until"),
    [
        ("本办法自2020年1月1日起施行，有效期5年。", "2020-01-01", "2024-12-31"),
        ("本办法自2020年3月1日起施行，有效期至2022年12月31日。", "2020-03-01", "2022-12-31"),
        ("本通知自2020年7月1日起执行，试行期两年。", "2020-07-01", "2022-06-30"),
        ("本意见自2020年1月1日起施行，有效期6个月。", "2020-01-01", "2020-06-30"),
        ("本办法有效期自2020年1月1日起至2022年12月31日。", "", "2022-12-31"),
        ("该政策自2019年1月1日起执行。本办法自2020年1月1日起施行。", "2020-01-01", ""),
        ("许可证有效期为5年。本办法自2020年1月1日起施行。", "2020-01-01", ""),
        ("本许可证有效期为5年。本办法自2020年1月1日起施行。", "2020-01-01", ""),
    ],
)
def test_from_when_and_until_when(sentence, effective, until):
    values = gathered(f"某办法\n第一条 为了规范，制定本办法。\n第二条 {sentence}").values
    assert (values.get("effective", ""), values.get("until", "")) == (effective, until)


@pytest.mark.parametrize(
    ("title", "table", "read", "status"),
    [
        ("某办法（已废止）", {}, "某办法", "已废止"),
        ("某办法\n（失效）", {}, "某办法", "已失效"),
        ("某办法", {"有效性": "现行有效"}, "某办法", "现行"),
        ("某办法", {"时效性": "失效"}, "某办法", "已失效"),
        ("废止决定", {}, "废止决定", ""),
        ("某办法", {"有效性": "部分失效"}, "某办法", ""),
    ],
)
def test_status(title, table, read, status):
    found = gathered(f"{title}\n第一条 为了规范，制定本办法。", table)
    assert (found.values["title"], found.values.get("status", "")) == (read, status)
    assert found.known.get("status") == (("metadata table" if table else "text") if status else None)


def test_a_decree_makes_its_regulation_known():
    text = (
        "中华人民共和国国务院令\n第706号\n《专利代理条例》已经2018年9月6日国务院第23次常务会议通过，现予公布，自2019年3月1日起施行。\n"
        "总理 李克强\n2018年11月6日\n专利代理条例\n第一章 总则\n第一条 为了规范专利代理行为，制定本条例。"
    )
    values = gathered(text).values
    assert (values["title"], values["number"], values["issuer"], values["issued"], values["effective"]) == (
        "专利代理条例",
        "国务院令第706号",
        "国务院",
        "2018-11-06",
        "2019-03-01",
    )


def test_the_metadata_table_wins():
    found = gathered(
        LETTER, {"标题": "另一标题", "成文日期": "2018年05月17日", "发文机关": "大连市", "主题分类": r"科技、教育\\科技", "索引号": "1"}
    )
    assert found.values["title"] == "另一标题"
    assert found.values["issued"] == "2018-05-17"
    assert found.values["topics"] == r"科技、教育\科技"
    assert found.known["title"] == "metadata table"
    assert found.known["number"] == "text"


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("《大连市某计划》", "大连市某计划"),
        ("大政办发〔2018〕54号《大连市某计划》", "大连市某计划"),
        ("大连市\n某计划", "大连市某计划"),
        ("大连市某计划\n(征求意见稿)", "大连市某计划"),
    ],
)
def test_title(title, read):
    assert gathered(f"{title}\n为了创新，制定本计划。").values["title"] == read


def test_the_issuer_is_the_signer_where_the_title_names_none():
    assert gathered("某计划\n为了创新。\n辽阳市科技局\n2018年5月16日").values["issuer"] == "辽阳市科技局"


def test_nothing_is_made_up():
    assert gathered("为了创新，制定本计划。").values == {}


def test_a_masked_city_is_inferred_from_its_counties_and_marked():
    found = gathered("建设**创新城市。支持安吉县和吴兴区、南浔区创建科技强县。")
    assert found.values["region"] == "湖州市"
    assert found.known["region"] == "inferred: 南浔区、吴兴区、安吉县"


@pytest.mark.parametrize(
    ("text", "region", "words"),
    [
        ("本市行政区域内适用。苏州市公安局负责。苏州市教育局协助。", "苏州市", "本市、苏州市"),
        ("本县适用。德清县公安局负责。德清县教育局协助。参照杭州市做法。", "德清县", "本县、德清县"),
        ("我省企业适用。浙江省财政厅负责，支持杭州市、宁波市。浙江省教育厅协助。", "浙江省", "本省、浙江省"),
        ("本市适用。北京市公安局负责。北京市教委协助。", "北京市", "本市、北京市"),
    ],
)
def test_the_place_that_a_text_calls_its_own(text, region, words):
    found = gathered(f"管理办法\n一、{text}")
    assert (found.values["region"], found.known["region"]) == (region, f"inferred: {words}")


@pytest.mark.parametrize(
    "text",
    [
        "苏州市公安局负责。苏州市教育局协助。",  # nothing is called its own
        "本市适用。苏州市公安局负责。",  # named once
        "本市适用。苏州市、无锡市和常州市参加，苏州市牵头。",  # several
        "本市适用。依照《苏州市条例》《苏州市办法》执行。",  # only cited
        "学校所在地的市级部门负责，苏州市、苏州市教育局协助。本级财政承担。",
    ],
)
def test_no_place_without_proof(text):
    assert regions.infer_own(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "建设**创新城市。支持安吉县。",  # one county proves nothing
        "建设**创新城市。支持安吉县、双台子区。",  # counties of two cities
        "建设创新城市。支持安吉县和吴兴区、南浔区。",  # nothing masked
    ],
)
def test_no_city_without_proof(text):
    assert regions.infer_city(text) is None


@pytest.mark.parametrize(
    ("name", "region", "above"),
    [("双台子区", "双台子区", ["盘锦市", "辽宁省"]), ("大连", "大连市", ["辽宁省"]), ("浙江", "浙江省", []), ("火星", None, [])],
)
def test_region(name, region, above):
    found = regions.get(name)
    assert (found and found.name) == region
    assert [r.name for r in regions.within(found)] == above if found else above == []


@pytest.mark.parametrize(
    ("place", "region", "expected"),
    [
        ("双台子区", "辽宁省", True),
        ("双台子区", "盘锦", True),
        ("大连", "大连市", True),
        ("辽宁省", "大连市", False),
        ("大连市", "浙江省", False),
        ("火星", "辽宁省", False),
        ("大连市", "火星", False),
    ],
)
def test_a_place_in_a_region(place, region, expected):
    assert regions.inside(place, region) is expected


def test_places_in_a_text():
    assert [(r.name, a, b) for r, a, b in regions.find("辽宁省盘锦市与大连")] == [("辽宁省", 0, 3), ("盘锦市", 3, 6), ("大连市", 7, 9)]


def test_a_county_in_the_middle_of_a_title_is_not_the_region():
    assert "region" not in gathered("关于支持和平区发展的意见\n为了发展。").values


GOLD = [line.split("\t") for line in Path(__file__).parents[1].joinpath("data/facts/gold.tsv").read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize("row", GOLD[1:], ids=lambda row: row[0])
def test_facts_against_those_read_by_hand(row, folder):
    from zhice.corpus import library

    entries = library.manifest(library.default_folder())
    file, *expected = row
    kind = "policies" if file[:3].isdigit() else "gov" if file.endswith(".html") else "statutes"
    document = library.load(folder(kind) / file, entries.get(file)).document
    values = (getattr(document, name) for name in GOLD[0][1:])
    assert [" ".join(value) if isinstance(value, tuple) else value for value in values] == expected


GOV = [
    ("国发_2019_3号.html", "国发〔2019〕3号", "国务院", "2019-01-12", "国发2019-3"),
    ("国办函_1996_14号.html", "国办函〔1996〕14号", "国务院办公厅", "1996-02-06", "国办函1996-14"),
    ("国令第706号.html", "国令第706号", "国务院", "2018-11-06", "国令第706号"),
    ("国发_1981_88号.html", "国发〔1981〕88号", "国务院", "1981-05-23", "国发1981-88"),
]


@pytest.mark.parametrize(("name", "number", "issuer", "issued", "document_id"), GOV)
def test_facts_of_a_page(name, number, issuer, issued, document_id, read):
    document = read(name).document
    assert (document.number, document.issuer, document.issued, document.id) == (number, issuer, issued, document_id)
    assert document.known["number"] == "metadata table"
    assert document.topics


POLICIES = [
    ("000_8eedf486895ac3e7.txt", "liaoyang-2017", "辽阳市", "manifest: its own text: 推动辽阳振兴发展, 我市"),
    ("001_b67637b2eaf89dc1.txt", "liaoning-county", "辽宁省", "text"),
    ("002_0b974f7732c5c1a1.txt", "shuangtaizi-2018", "双台子区", "text"),
    ("003_06f0af96ff339f5d.txt", "dalian-2018-54", "大连市", "text"),
    ("004_8ceb26b60748e653.txt", "huzhou-innovation", "湖州市", "inferred: 南浔区、吴兴区、安吉县"),
]


@pytest.mark.parametrize(("name", "document_id", "region", "known"), POLICIES)
def test_region_of_a_policy(name, document_id, region, known, read):
    document = read(name).document
    assert (document.id, document.region, document.known["region"]) == (document_id, region, known)
    assert document.title


STATUTES = [
    ("上海市劳动合同条例(2001-11-15).txt", "上海市劳动合同条例", "上海市", "", "2002-05-01"),
    ("农药管理条例(2022-03-29).txt", "农药管理条例", "", "1997-05-08", "2017-06-01"),
    ("河南省实施《水土保持法》办法.txt", "河南省实施《中华人民共和国水土保持法》办法", "河南省", "2014-09-26", ""),
    ("爱国主义教育法(2023-10-24).txt", "中华人民共和国爱国主义教育法", "", "2023-10-24", "2024-01-01"),
    ("驻马店市中小学校幼儿园规划建设条例(2021-06-28).txt", "驻马店市中小学校幼儿园规划建设条例", "驻马店市", "2021-05-28", "2021-08-01"),
]


@pytest.mark.parametrize(("name", "title", "region", "issued", "effective"), STATUTES)
def test_facts_of_a_statute_in_full(name, title, region, issued, effective, folder):
    from zhice.corpus import library

    document = library.load(folder("statutes") / name).document
    assert (document.title, document.region, document.issued, document.effective) == (title, region, issued, effective)
