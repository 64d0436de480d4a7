"""Advice: what helps a reader further, where there is no answer or where several documents answer."""

import re
from collections.abc import Sequence

from zhice.corpus.model import Document
from zhice.retrieval.model import Query
from zhice.retrieval.query.collection import Collection

ASKED = 3
"""How many departments a refusal names at most."""
OFFERED = 4
"""How many narrower questions are offered at most."""
LIKE = 0.3
"""How alike a target's name and the question must be for its year to be told."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


def narrower(query: Query, cited: Sequence[Document]) -> tuple[str, ...]:
    """The question for each place that answers it, when it names none and several do."""
    places = dict.fromkeys(document.region for document in cited if document.region)
    if query.regions or query.documents or query.topic or len({document.id for document in cited}) < 2 or query.language == "en":
        return ()
    question = query.text.rstrip("?？。 ")
    return tuple(f"{place}{question}？" for place in places)[:OFFERED] if len(places) > 1 else ()


def held(collection: Collection) -> str:
    """The places that the documents are about, for a question about another; "" when they name none."""
    places = dict.fromkeys(document.region for document in collection.documents if document.region)
    return f"现有文件涉及：{'、'.join(list(places)[:8])}{'等' if len(places) > 8 else ''}。" if places else ""
