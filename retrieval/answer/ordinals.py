"""Ordinals: 第二个呢, 后一项由谁负责 refer to the items of the answer before, in the order in which that told them."""

from dataclasses import dataclass, replace

from zhice.corpus import numerals
from zhice.corpus.characters import simplified
from zhice.corpus.model import Clause
from zhice.index.tokens import fold
from zhice.retrieval.answer import answering
from zhice.retrieval.answer.judge import Judge
from zhice.retrieval.lookup import drafting
from zhice.retrieval.lookup.drafting import Draft, Material
from zhice.retrieval.model import Answer, Citation, Hit, Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import texts
from zhice.retrieval.search.relevance import Relevance
from zhice.retrieval.search.searcher import Searcher

_ADDRESSES = frozenset("条款章节")
SHOWN = 40
"""How many characters of an item are told as taken from the answer before."""
_SEARCHED = frozenset({"who", "number", "when", "yesno", "basis"})


@dataclass(frozen=True, slots=True)
class Ordinal:
    """Which item a question refers to (from 0; -1 is the last), with what measure word, and what it asks of it."""

    place: int
    measure: str
    rest: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an answer, as it was told, with the citation that it stands on."""

    words: str
    citation: Citation


def find(question: str) -> Ordinal | None:
    """The ordinal with which a question begins; None without one."""
    found = lexicon.wordings("ordinals")["begins"].match(fold(simplified(question)))
    if found is None:
        return None
    number = 1 if found["first"] else 0 if found["last"] else numerals.to_int(found["n"])
    if number is None:
        return None
    place = number - 1
    return Ordinal(place, found["measure"], lexicon.wordings("ordinals")["whole"].sub("", found["rest"]))


def items(answer: Answer) -> list[Item]:
    """What an answer told one by one: the items of a list, else its lines."""
    if answer.kind in ("list", "content") and len(answer.items) > 1:
        holding = [(words, next((c for c in answer.citations if words in c.text), None)) for words in answer.items]
        return [Item(words, citation) for words, citation in holding if citation is not None]
    return [Item(line.words, answer.citations[line.segments[-1].citation - 1]) for line in answer.lines if line.segments[-1].citation]


def chosen(ordinal: Ordinal, answer: Answer) -> Item | None:
    """The item of an answer that an ordinal refers to; None where it tells no such, or the ordinal is an address (第三条 of a document)."""
    addressed = answer.query is not None and (answer.query.intent == "clause" or bool(answer.query.documents))
    told = items(answer) if answer.answered and not (addressed and ordinal.measure in _ADDRESSES) else []
    return told[ordinal.place] if len(told) > 1 and ordinal.place < len(told) else None


def answered(ordinal: Ordinal, item: Item, before: str, searcher: Searcher, judge: Judge) -> Answer:
    """What is asked of an item: what its clause says, or what is found in that clause alone."""
    collection, document = searcher.collection, item.citation.document
    clause = _own_clause(item, searcher)
    asked = understand(ordinal.rest, collection) if ordinal.rest else Query("")
    query = replace(asked, topic=item.words, documents=(document.id,), regions=(), inherited=(before, _short(item.words)))
    if asked.intent in _SEARCHED:
        inside = {c.id for c in collection.clauses[document.id] if clause.start <= c.start and c.end <= clause.end}
        return answering.answer(query, searcher.narrowed(searcher.of_clauses(inside)), judge)
    draft = _whole(item, clause, query, searcher)
    lines, told, citations = draft.finish()
    return Answer(True, "content", lines, told, citations, 1.0, query=replace(query, intent="content"))


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def _own_clause(item: Item, searcher: Searcher) -> Clause:
    """The clause that an item heads, below the one that was cited; else that one."""
    cited = item.citation
    below = (c for c in searcher.collection.clauses[cited.document.id] if cited.clause.start <= c.start and c.end <= cited.clause.end)
    return next((c for c in below if c.heading == item.words), cited.clause)


def _whole(item: Item, clause: Clause, query: Query, searcher: Searcher) -> Draft:
    """The words of a clause; of one that was told as several items, the sentences with this one."""
    collection, document = searcher.collection, item.citation.document
    spans = [(a, b) for a, b in texts.sentences(document.text, clause.start, clause.end) if item.words in document.text[a:b]]
    passage = collection.first_passage(clause)
    if clause is item.citation.clause and item.words in item.citation.text and clause.heading != item.words and spans:
        draft = Draft()
        words = "……".join(document.text[a:b].strip() for a, b in spans)
        draft.add(words.replace("\n", " "), drafting.cite(document, clause, spans))
        return draft
    if passage is None:
        draft = Draft()
        words = document.text[clause.start : clause.end].replace("\n", " ")
        draft.add(words, drafting.cite(document, clause, [(clause.start, clause.end)]))
        return draft
    relevance = Relevance(item.words, collection.store.postings, "", "")
    return drafting.passages(Material(query, [Hit(passage, 1.0, 1)], collection, relevance))
