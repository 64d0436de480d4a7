"""`zhice search --explain`: why each hit ranked where it did, in lines of at most 100 columns."""

from collections.abc import Iterator, Sequence

from zhice.retrieval import rank, weights
from zhice.retrieval.model import Hit

ACROSS = 3
"""How many pieces of evidence stand on a line."""
CELL = 30


def told(hits: Sequence[Hit]) -> dict[int, list[str]]:
    """The lines for each hit by its rank: its log-odds and how far it is behind the best, then the evidence, largest first."""
    weight = weights.load().rank
    shares = {hit.rank: rank.shares(hit.parts, weight) for hit in hits}
    best = max(map(rank.log_odds, filter(None, shares.values())), default=0.0)
    return {place: list(_lines(listed, best)) for place, listed in shares.items()}


def _lines(shares: Sequence[rank.Share], best: float) -> Iterator[str]:
    if not shares:
        yield f"第 {rank.DEPTH} 名以后不再重排，按检索的先后"
        return
    total = rank.log_odds(shares)
    yield f"对数几率 {total:.3f} = 权重×数值之和" + (f"，比第一名低 {best - total:.3f}" if total < best else "")
    cells = [f"{share.name} {share.weight:.3f}×{share.value:.3f}={share.worth:+.3f}" for share in shares]
    for first in range(0, len(cells), ACROSS):
        yield "  ".join(cell.ljust(CELL) for cell in cells[first : first + ACROSS]).rstrip()
