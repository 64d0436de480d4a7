"""What a question costs: in a warm ask, embedding it is the largest single cost."""

from statistics import median
from time import perf_counter

QUESTIONS = [
    "大连市的众创空间由谁备案？",
    "辽阳市怎样支持中小微企业创新？",
    "自主创新行动计划要建多少家孵化器",
    "县域科普由哪些单位负责",
    "知识产权保护有哪些措施",
]


def test_embedding_is_the_largest_cost_of_a_warm_ask(assistant, monkeypatch):
    for question in QUESTIONS:  # warm: dictionaries read, model loaded, patterns compiled
        assistant.ask(question)
    inside: list[float] = []
    embed = type(assistant.searcher.embedder).query

    def timed(self, text):
        start = perf_counter()
        vector = embed(self, text)
        inside.append(perf_counter() - start)
        return vector

    monkeypatch.setattr(type(assistant.searcher.embedder), "query", timed)
    shares = []
    for question in QUESTIONS:
        inside.clear()
        start = perf_counter()
        assistant.ask(question + "？")
        shares.append(sum(inside) / (perf_counter() - start))
    assert median(shares) > 0.5
