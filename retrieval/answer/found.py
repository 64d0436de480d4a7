"""What a search found for a question: its candidates, judged, with what is needed to compose them."""

from zhice.corpus import regions
from zhice.retrieval.answer import candidates, decision
from zhice.retrieval.answer.decision import Verdict
from zhice.retrieval.answer.judge import Judge
from zhice.retrieval.model import Query
from zhice.retrieval.search.relevance import Relevance
from zhice.retrieval.search.searcher import Mask, Searcher


class Found:
    """The candidates for a question within a mask (None: everywhere), the likeliest first."""

    def __init__(self, query: Query, searcher: Searcher, judge: Judge, mask: Mask | None = None) -> None:
        self.query, self.searcher, self.judge, self.collection = query, searcher, judge, searcher.collection
        self.relevance = Relevance(query.text, self.collection.store.postings, query.topic, " ".join(query.regions))
        mask = searcher.kept if mask is None else mask  # everywhere that filters leave
        hits = candidates.found(query, searcher, mask, _in_place(query, searcher, mask))
        self.candidates = candidates.judged(query, hits, searcher, self.relevance, judge)

    def verdict(self) -> Verdict:
        """Whether the candidates answer."""
        return decision.decide(self.query, self.candidates, self.judge)


def _in_place(query: Query, searcher: Searcher, mask: Mask | None) -> Mask | None:
    """The passages of the documents of the places that a question names; None when it names none."""
    places = [place for name in query.regions if (place := regions.get(name))]
    if not places:
        return None
    here = searcher.mask(tuple(searcher.collection.about(places)))
    return here if mask is None else here & mask
