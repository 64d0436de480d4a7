"""Advice: what helps a reader further, where there is no answer or where several documents answer."""

import re
from collections.abc import Sequence

from zhice.corpus import departments
from zhice.corpus.model import Document
from zhice.retrieval import rank
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Hit, Query
from zhice.retrieval.quotes import Relevance

ASKED = 3
"""How many departments a refusal names at most."""
OFFERED = 4
"""How many narrower questions are offered at most."""
LIKE = 0.3
"""How alike a target's name and the question must be for its year to be told."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


def to_ask(nearest: Sequence[Citation], holdings: Holdings) -> str:
    """The sentence that names the departments of the clause that comes nearest; "" when it has none."""
    governing = holdings.duties_of(nearest[0].clause) if nearest else None
    named = dict.fromkeys(d.department for d in governing.duties if not departments.is_vague(d.department)) if governing else {}
    return f"最接近的一条由{'、'.join(list(named)[:ASKED])}负责，可以向其询问。" if named else ""


def nearest_year(query: Query, asked: str, hits: Sequence[Hit], relevance: Relevance, holdings: Holdings) -> tuple[str, str, Hit] | None:
    """The year nearest to the one asked for which a hit has a like target, the target's name and that hit; None without one."""
    found: list[tuple[int, int, str, Hit]] = []
    for hit in hits:
        for likeness, target in rank.targets(query, hit, relevance, holdings):
            if likeness >= LIKE and (year := target.year or next(iter(_YEAR.findall(hit.passage.context)), "")).isdigit():
                found.append((abs(int(year) - int(asked)), int(year), target.name, hit))
    best = min(found, key=lambda entry: (entry[0], entry[3].rank), default=None)
    return (str(best[1]), best[2], best[3]) if best else None


def narrower(query: Query, cited: Sequence[Document]) -> tuple[str, ...]:
    """The question for each place that answers it, when it names none and several do."""
    places = dict.fromkeys(document.region for document in cited if document.region)
    if query.regions or query.documents or query.topic or len({document.id for document in cited}) < 2 or query.language == "en":
        return ()
    question = query.text.rstrip("?？。 ")
    return tuple(f"{place}{question}？" for place in places)[:OFFERED] if len(places) > 1 else ()


def held(holdings: Holdings) -> str:
    """The places that the documents are about, for a question about another; "" when they name none."""
    places = dict.fromkeys(document.region for document in holdings.documents if document.region)
    return f"现有文件涉及：{'、'.join(list(places)[:8])}{'等' if len(places) > 8 else ''}。" if places else ""
