"""`zhice search --explain`: why each hit ranked where it did, in lines of at most 100 columns."""

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import set_cell_size

from zhice.retrieval.model import Hit
from zhice.retrieval.search import ranking

ACROSS = 3
"""How many pieces of evidence stand on a line."""
CELL = 31
"""How wide a piece is, in columns; a Chinese character takes two."""
NAMES = {
    "cosine": ("语义", "与问题的余弦相似度，和最近的一段相比"),
    "words": ("字词", "与问题相同的字词（BM25），和最多的一段相比"),
    "sentence": ("最佳句", "能回答的句子里说到问题最多的一句，和各段中最好的相比"),
    "passage": ("全段", "整段说到问题多少，和最多的一段相比"),
    "heading": ("标题", "条款标题与问题相像的程度"),
    "target": ("指标", "指标名称与问题相像的程度（只在问数字时）"),
    "title": ("文件名", "问题说出文件名的多少"),
    "gathered": ("同文件", "找到的段落有多少在同一份文件里，和最多的一份相比（只在法律里）"),
    "company": ("左右", "同一份文件里前后不远的条文有多少也与问题相近（只在法律里）"),
    "fits": ("合题型", "有没有这类问题要的内容：职责、数字、依据"),
    "preamble": ("引言", "是不是文件的引言（只在问依据时）"),
    "goal": ("目标节", "在不在写目标的一节（只在问数字时）"),
    "year": ("年份", "有没有问题里的年份"),
    "thin": ("只起头", "只引出下面的条款，自己没有内容"),
    "length": ("长短", "段落的长短"),
}
"""Each evidence: its name in Chinese, and what it is."""


def told(hits: Sequence[Hit], weight: Mapping[str, float]) -> dict[int, list[str]]:
    """The lines for each hit by its rank: its log-odds and how far it is behind the best, then the evidence, largest first.

    `weight` is that by which they were ranked, as `legend` takes it too.
    """
    shares = {hit.rank: ranking.shares(hit.parts, weight) for hit in hits}
    best = max(map(ranking.log_odds, filter(None, shares.values())), default=0.0)
    return {place: list(_lines(listed, best)) for place, listed in shares.items()}


def _lines(shares: Sequence[ranking.Share], best: float) -> Iterator[str]:
    if not shares:
        yield f"第 {ranking.DEPTH} 名以后不再重排，按检索的先后"
        return
    total = ranking.log_odds(shares)
    yield f"对数几率 {total:.3f} = 权重×数值之和" + (f"，比第一名低 {best - total:.3f}" if total < best else "")
    cells = [f"{NAMES[share.name][0]} {share.weight:.3f}×{share.value:.3f}={share.worth:+.3f}" for share in shares]
    for first in range(0, len(cells), ACROSS):
        yield "  ".join(set_cell_size(cell, CELL) for cell in cells[first : first + ACROSS]).rstrip()


def legend(hits: Sequence[Hit], weight: Mapping[str, float]) -> list[str]:
    """What the names of the evidence mean that counts for some hits, a line each with the name that the data files use."""
    shown = {share.name for hit in hits for share in ranking.shares(hit.parts, weight)}
    return [f"{name}（{key}）：{meaning}" for key, (name, meaning) in NAMES.items() if key in shown]
