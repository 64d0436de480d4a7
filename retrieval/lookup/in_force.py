"""Whether a document still holds (这个办法现在还有效吗): what it is today, and the words that say so, of it and of its other versions."""

from collections.abc import Iterator
from datetime import date

from zhice.corpus import history, validity
from zhice.corpus.model import Document
from zhice.index.tokens import fold
from zhice.retrieval.lookup import catalogue, versions
from zhice.retrieval.lookup.drafting import Draft, cite
from zhice.retrieval.lookup.versions import Ending, State
from zhice.retrieval.model import Citation, Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search import texts

STATES = {
    versions.IN_FORCE: "现行",
    versions.NOT_YET: "尚未施行",
    versions.SUPERSEDED: "已废止",
    versions.EXPIRED: "已失效",
    versions.ENDED: "已废止",
}
SHORTEST = 6
"""Characters at the end of a title by which a question may name its document."""
MOST = 8
"""Documents told of at most, beside their other versions."""
UNSAID = "没有写明已经废止或失效，也没有被语料里的其他文件废止；是否仍然有效，请向发文机关核实。"


def answer(query: Query, collection: Collection) -> Draft | None:
    """The state of each version of the document asked about, that in force first; None for another question."""
    if not lexicon.wordings("versions")["asks"].search(fold(query.text)):
        return None
    today, relatives = date.today().isoformat(), versions.relatives(collection)
    named = query.documents or _spoken(query, collection)
    every = dict.fromkeys(one for key in named for one in (key, *sorted(relatives.get(key, ()))))
    draft = Draft()
    for key in versions.in_force_first(list(every), today, collection):
        document = collection.store.catalogue.document(key)
        _tell(document, versions.state(document, today, collection), collection, draft)
    return draft if draft.lines else None


def _spoken(query: Query, collection: Collection) -> tuple[str, ...]:
    """The documents whose titles a question speaks to the end (人才补贴办法 of 青禾市人才补贴办法), those with the most of it."""
    text = fold(f"{query.text} {query.topic}")
    spoken = {key: _end_in(text, title) for key, title in collection.titles.items()}
    longest = max(spoken.values(), default=0)
    return tuple(key for key, length in spoken.items() if length == longest)[:MOST] if longest else ()


def _end_in(text: str, title: str) -> int:
    """How many characters at the end of a title a text has, 0 for fewer than `SHORTEST` and than all."""
    least = min(SHORTEST, len(title))
    if title[-least:] not in text:
        return 0
    return max(length for length in range(least, len(title) + 1) if title[-length:] in text)


def _tell(document: Document, state: State, collection: Collection, draft: Draft) -> None:
    """A document with its state and the sentences that tell it; where none does, that it is in force is not claimed."""
    number = f"（{document.number}）" if document.number else ""
    said = list(_sentences(document, state.kind, collection))
    draft.add(f"《{document.title}》{number}：")
    if state.kind == versions.IN_FORCE and not said:
        draft.add(UNSAID, catalogue.titled(document, collection))
        return
    word = document.status if state.kind == versions.ENDED else STATES[state.kind]
    draft.add(f"效力：{word}", catalogue.titled(document, collection))
    draft.items.append(word)
    for citation in said:
        draft.add("".join(citation.quotes), citation)
    if state.ending is not None:
        _tell_ending(state.ending, collection, draft)


def _tell_ending(ending: Ending, collection: Collection, draft: Draft) -> None:
    """The sentence that ended a document."""
    source = collection.store.catalogue.document(ending.by)
    spans = texts.sentences(source.text, ending.clause.start, ending.clause.own_end)
    span = next((one for one in spans if one[0] <= ending.span[0] < one[1]), ending.span)
    citation = cite(source, ending.clause, [span])
    draft.add(source.text[slice(*span)].strip(), citation)


def _sentences(document: Document, kind: str, collection: Collection) -> Iterator[Citation]:
    """The sentences of a document that tell its first and its last day."""
    if document.effective and kind in (versions.IN_FORCE, versions.NOT_YET):
        day = document.effective
        at_once = validity.at_once
        says = catalogue.saying(document, collection, lambda words: validity.effective(words) == day or at_once(words))
        says = says or catalogue.saying(document, collection, lambda words: day in history.days(words) and "施行" in words)
        yield from [says] if says else []
    if document.until and kind in (versions.IN_FORCE, versions.EXPIRED):
        until = catalogue.saying(document, collection, lambda words: validity.until(words, document.effective) == document.until)
        yield from [until] if until else []
