"""Who acts in a sentence: the runs of words that may be an actor, which are chosen, and sentences that the real model reads."""

import pytest

from zhice.retrieval.answer import actors
from zhice.retrieval.answer.actors import Actor

RUNS = [  # a text, some runs that it has, some that it has not
    ("由县体育总会发放", ["县体育总会"], ["发放，"]),
    ("物业公司负责清扫，业主配合", ["物业公司", "业主"], ["物业公司负责清扫，业主", "，业主"]),
    ("省、自治区人民政府批准", ["省、自治区人民政府", "自治区人民政府"], ["省、", "、自治区人民政府"]),
    ("（市教育局）", ["市教育局"], ["（市教育局", "市教育局）。"]),
]


@pytest.mark.parametrize(("text", "there", "lacking"), RUNS)
def test_runs(text, there, lacking):
    found = [text[slice(*run.span)] for run in actors.runs(text)]
    assert set(there) <= set(found)
    assert not set(lacking) & set(found)


def test_an_empty_text_has_no_runs():
    assert list(actors.runs("")) == []


CHOSEN = [  # actors as (from, to, chance), those that are chosen
    ([(0, 2, 0.9), (1, 3, 0.8), (5, 7, 0.5)], [(0, 2), (5, 7)]),  # the second overlaps
    ([(0, 2, 0.9), (5, 7, 0.3)], [(0, 2)]),  # less than .4 of the likeliest
    ([(0, 2, 0.12), (5, 7, 0.09)], [(0, 2)]),  # less than .1
    ([(0, 2, 0.05)], [(0, 2)]),  # the likeliest is named however little it is
    ([(2 * n, 2 * n + 1, 0.9) for n in range(10)], [(2 * n, 2 * n + 1) for n in range(8)]),
]


@pytest.mark.parametrize(("among", "spans"), CHOSEN)
def test_chosen(among, spans):
    assert [actor.span for actor in actors.chosen([Actor((a, b), chance) for a, b, chance in among])] == spans


POOL = "游泳池的水质由区卫生监督所每月检查一次，检查结果由经营者在门口公布。"
STALL = "摊主应当在每月五日前向市场管理委员会缴纳摊位费。"
READ = [  # minimal pairs: who does it, and to whom
    (POOL, "游泳池的水质由谁检查", "区卫生监督所"),
    (POOL, "检查结果由谁公布", "经营者"),
    (STALL, "摊位费交给谁", "市场管理委员会"),
    ("居民领养流浪犬的，应当向街道动物防疫站申请领养证。", "领养证向谁申请", "街道动物防疫站"),
    ("经评审合格的，由县体育总会发放奖金。", "奖金由谁发放", "县体育总会"),
    ("楼道由物业公司负责清扫，业主应当配合。", "谁负责打扫楼道", "物业公司"),
    ("月球基地供水由第三工程大队负责。", "哪个单位管月球基地的供水", "第三工程大队"),
]


@pytest.mark.parametrize(("sentence", "question", "actor"), READ)
def test_the_likeliest_actor_is_who_is_asked_for(embedder, sentence, question, actor):
    reader = actors.of(embedder)
    assert reader is not None
    likeliest = reader.actors(question, sentence)[0]
    assert sentence[slice(*likeliest.span)] == actor


def test_all_of_several_actors_are_named(embedder):
    sentence = "开挖道路须经市城管局和市公安局批准。"
    found = actors.of(embedder).actors("哪两个部门批准开挖道路", sentence)
    assert {sentence[slice(*actor.span)] for actor in found} == {"市城管局", "市公安局"}


def test_a_question_however_long_is_read(embedder):
    assert actors.of(embedder).actors("谁" * 2000, POOL)


def test_another_model_reads_no_actors():
    from zhice.index.embedding import HashEmbedder

    assert actors.of(HashEmbedder()) is None
