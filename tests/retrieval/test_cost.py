"""What a question costs: most of a warm ask is the model, which embeds it and reads who acts, in a small index and in a large one."""

import random
from itertools import count
from statistics import median
from time import perf_counter

import numpy as np
import pytest

from zhice.index.token_states import TokenStates

QUESTIONS = [
    "大连市的众创空间由谁备案？",
    "辽阳市怎样支持中小微企业创新？",
    "自主创新行动计划要建多少家孵化器",
    "县域科普由哪些单位负责",
    "知识产权保护有哪些措施",
]
OF_MANY = [
    "养犬管理由哪个部门负责？",
    "劳动合同的试用期怎么约定",
    "排污超标罚款最高多少元",
    "森林防火期是什么时候",
    "《食品安全管理条例》有哪些措施",
    "What is the fine for food safety violations?",
]
DOCUMENTS, ARTICLES = 1500, 20
PLACES = [
    "沈阳市",
    "大连市",
    "鞍山市",
    "抚顺市",
    "本溪市",
    "丹东市",
    "锦州市",
    "营口市",
    "阜新市",
    "辽阳市",
    "盘锦市",
    "铁岭市",
    "朝阳市",
    "葫芦岛市",
]
THINGS = [
    "养犬",
    "食品",
    "劳动",
    "合同",
    "森林",
    "防火",
    "排污",
    "水源",
    "停车",
    "广告",
    "幼儿园",
    "图书馆",
    "专利",
    "档案",
    "供热",
    "燃气",
    "渔业",
    "种子",
    "农药",
    "旅游",
    "殡葬",
    "消防",
]
DEEDS = [
    "登记",
    "备案",
    "许可",
    "检查",
    "处罚",
    "公示",
    "补偿",
    "维护",
    "规划",
    "建设",
    "使用",
    "转让",
    "申请",
    "验收",
    "监测",
    "收费",
    "培训",
    "奖励",
]


class Thrown:
    """An embedder for which only questions are worth the model: what is to be found lies at random on the sphere."""

    def __init__(self, model):
        self.name, self.dimension, self.fingerprint, self.query = model.name, model.dimension, model.fingerprint, model.query

    def passages(self, texts, progress=None):
        vectors = np.random.default_rng(5).standard_normal((len(texts), self.dimension), dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def large(embedder, tmp_path_factory):
    """An assistant over 30,000 articles in 1,500 documents made of words drawn by lot."""
    from zhice.index import store
    from zhice.retrieval.assistant import Assistant

    draw = random.Random(5)
    root = tmp_path_factory.mktemp("large")
    store.build([_parsed(n, draw) for n in range(DOCUMENTS)], Thrown(embedder), root)
    return Assistant(store.load(root), embedder)


def _parsed(n, draw):
    from zhice.corpus.library import Parsed
    from zhice.corpus.model import Clause, Document

    clauses, text = [], ""
    for number in range(1, ARTICLES + 1):
        words = "".join(draw.choices(THINGS + DEEDS, k=8))
        line = f"第{number}条 {words}由市{draw.choice(THINGS)}局负责，处{draw.randint(1, 99)}万元以下罚款。"
        end = len(text) + len(line)
        clauses.append(Clause(f"d{n}/{number}", "article", f"第{number}条", "", len(text), end, end, "", (f"第{number}条",), ()))
        text += f"{line}\n"
    title = f"{draw.choice(PLACES)}{''.join(draw.sample(THINGS, 2))}{''.join(draw.sample(DEEDS, 2))}管理条例"
    return Parsed(Document(f"d{n}", title, text, f"政发〔{2000 + n % 25}〕{n}号"), tuple(clauses))


def inside(assistant, questions, monkeypatch):
    """The median share of a warm ask that is spent in the model, of three asks of a question that which took least."""
    spent = [0.0]
    mark = count(1)

    def timed(kind, name):
        run = getattr(kind, name)

        def with_time(*given):
            start = perf_counter()
            found = run(*given)
            spent[0] += perf_counter() - start
            return found

        monkeypatch.setattr(kind, name, with_time)

    timed(type(assistant.searcher.embedder), "query")
    timed(TokenStates, "read")  # who acts is read by the model too

    def share(question):
        spent[0] = 0.0
        start = perf_counter()
        assistant.ask(f"{question}{'？' * next(mark)}")  # never the same words twice, as nothing may be remembered whole
        took = perf_counter() - start
        return took, spent[0] / took

    for question in questions:  # warm: dictionaries read, model loaded, patterns compiled
        share(question)
    return median(min(share(question) for _ in range(3))[1] for question in questions)


@pytest.mark.alone
def test_embedding_is_the_largest_cost_of_a_warm_ask(assistant, monkeypatch):
    assert inside(assistant, QUESTIONS, monkeypatch) > 0.5


@pytest.mark.alone
def test_so_it_is_over_tens_of_thousands_of_clauses(large, monkeypatch):
    assert large.info.clauses == DOCUMENTS * ARTICLES
    assert inside(large, OF_MANY, monkeypatch) > 0.5
