"""Whether something may, must or will be: the sentence that settles it, in its own words, never a yes or no of ours."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhice.corpus.model import Clause, Document, Span
from zhice.index.tokens import cut, fold
from zhice.retrieval import lexicon, quotes, terms
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.model import Hit
from zhice.retrieval.quotes import Relevance

SAID = 2.0
"""What a sentence that says most of the question counts, against the log-odds of its passage."""
SETTLED = 1.0
"""What a word counts that settles the kind of thing that is asked; half of it one that settles another kind."""
REACH = 3.0
"""How far below the best hit, in log-odds, a passage may be and still settle."""
ALIKE = 0.75
"""How good, against the best, the sentence of another document must be to stand beside it."""
OF_IT = 0.1
"""How much of what is asked a sentence must say to be about it at all."""
GRANTED = 0.5
"""How much of the question a sentence must say that tells of something given."""
SPOKEN = 0.2
"""How much of the question a sentence must say that settles it in other words."""
THING = 1.0
"""What counts, of a sentence, that it has the thing asked about."""
KINDS = ("duty", "grant", "permission")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may settle a question: its passage, where it stands, its words and how much they say of the question."""

    hit: Hit
    span: Span
    words: str
    said: float


def settled(material: Material, *, leads: bool = False) -> Draft:
    """The sentence of each document that settles the question, in the narrowest clause that has it; none that leaves it open.

    Where the first hit `leads` by far, that of its sentences which says most of the question may settle it in other words.
    What the same clause says the other way round (可以…, 但…不得…) stands beside it.
    """
    draft = Draft()
    best: dict[str, _Sentence] = {}
    found = _sentences(material) or (_of_the_first(material) if leads else [])
    for sentence in found:
        best.setdefault(sentence.hit.passage.document_id, sentence)
    alike = [s for s in best.values() if s.said >= ALIKE * found[0].said]
    chosen = Material(material.query, [s.hit for s in alike], material.holdings, material.relevance)
    for sentence in alike:
        document = material.document(sentence.hit.passage.document_id)
        clause = _narrowest(material.holdings.clauses[document.id], sentence.span)
        spans = [_within(document, clause, s) for s in (sentence, *_contrary(sentence, clause, found))]
        chosen.title_line(draft, document)
        words = "……".join(document.text[a:b].strip() for a, b in sorted(dict.fromkeys(spans)))
        draft.add(words.replace("\n", " "), material.cite(clause, document, spans))
    return draft


def _within(document: Document, clause: Clause, sentence: _Sentence) -> Span:
    return quotes.whole(document.text, (max(clause.start, sentence.span[0]), sentence.span[1]), clause.end)


def _contrary(sentence: _Sentence, clause: Clause, found: Sequence[_Sentence]) -> list[_Sentence]:
    """The best other sentence of a clause that says as much of the question and settles it the other way."""
    others = (s for s in found if s.hit is sentence.hit and s is not sentence and clause.start <= s.span[0] and s.span[1] <= clause.end)
    ways = _ways(sentence.words)
    return [s for s in others if s.said >= ALIKE * sentence.said and ways and _ways(s.words) - ways][:1]


def _sentences(material: Material) -> list[_Sentence]:
    """The sentences that speak of what is asked, the one that settles it best first."""
    query = material.query
    asks, requests = _Asks.of(material), lexicon.wordings("settling")["requests"].search
    found: list[_Sentence] = []
    for hit in material.hits:
        text = material.document(hit.passage.document_id).text
        near = hit.score >= math.exp(-REACH)
        for span in quotes.sentences(text, hit.passage.start, hit.passage.end) if near else ():
            words = text[slice(*span)]
            if asks.spoken_of(words) and asks.decided_by(words) and not requests(words) and not _heads(words, material.clause(hit)):
                found.append(_Sentence(hit, span, words, material.relevance.of(words)))
    most = max((sentence.said for sentence in found), default=0.0) or 1.0

    def worth(s: _Sentence) -> float:
        settling = SETTLED * settles(query.text, s.words) + THING * asks.has_thing(s.words)
        return math.log(s.hit.score) + settling + SAID * s.said / most

    return sorted(found, key=lambda s: (-worth(s), s.hit.passage.id, s.span))


def _heads(words: str, clause: Clause) -> bool:
    """Whether words are but the heading of a clause, which says what it is about (关于水稻良种补贴问题)."""
    topic = lexicon.wordings("settling")["topic"].search(clause.heading.strip("。 "))
    return topic is not None and words.strip("。. \n").removeprefix(clause.label).strip("、.． ") == clause.heading.strip("。 ")


def _of_the_first(material: Material) -> list[_Sentence]:
    """The sentence of the first hit that says most of the question, of those with a word that settles anything."""
    hit = material.hits[0]
    text = material.document(hit.passage.document_id).text
    requests = lexicon.wordings("settling")["requests"].search
    spans = [s for s in quotes.sentences(text, hit.passage.start, hit.passage.end) if _told(text[slice(*s)])]
    spans = [s for s in spans if not requests(text[slice(*s)]) and not _heads(text[slice(*s)], material.clause(hit))]
    said = [_Sentence(hit, span, words, material.relevance.of(words)) for span in spans if (words := text[slice(*span)])]
    best = max(said, key=lambda sentence: (sentence.said, -sentence.span[0]), default=None)
    return [best] if best is not None and best.said >= SPOKEN else []


@dataclass(frozen=True, slots=True)
class _Asks:
    """What a question asks to be settled: the words after its asking word, and the thing that these end in (补贴 of 人才补贴).

    Of something `given` a sentence must have the thing, and most of what is given and of the `whole` question, the ways of
    giving left aside: what is given to others, or something else that is given, settles nothing. So it is with whatever is
    asked in English, whose terms are words of the documents. Otherwise it need only speak of the `act`, whose content words
    are `words`.
    """

    question: str
    words: tuple[str, ...]
    act: Relevance
    whole: Relevance
    thing: str
    given: Relevance | None

    @classmethod
    def of(cls, material: Material) -> "_Asks":
        """What the question of an answer asks."""
        query, postings, naming = material.query, material.holdings.store.postings, material.relevance.naming
        act = asked(query.text)
        telling = [word for word in _telling(query.text) if word not in naming]
        thing = _thing(act, telling) if query.language == "zh" else ""
        whole, what = " ".join(telling), _without_getting(act)
        if query.language == "en":
            whole = what = query.text
        gives = query.language == "en" or "grant" in _kinds(query.text) or _words().get(thing, ("",))[0] == "grant"
        given = Relevance(what, postings, naming=naming) if gives else None
        words = tuple(word for word in _telling(act) if word not in naming)
        return cls(query.text, words, Relevance(act, postings), Relevance(whole, postings, query.topic, naming), thing, given)

    def spoken_of(self, words: str) -> bool:
        """Whether words speak of what is asked."""
        if self.given is None:
            return self.act.of(words) >= OF_IT
        return (not self.thing or self.has_thing(words)) and min(self.given.of(words), self.whole.of(words)) >= GRANTED

    def decided_by(self, words: str) -> bool:
        """Whether words decide what is asked: in the kind of thing that is asked, else with every word of the act."""
        decides = settles(self.question, words)
        return decides == 1.0 or (decides > 0 and all(self.act.holds(words, word) for word in self.words))

    def has_thing(self, words: str) -> bool:
        """Whether words have the thing asked about, by its name or a synonym."""
        return self.thing != "" and self.act.holds(words, self.thing)


def _telling(question: str) -> tuple[str, ...]:
    """The content words of a question without those by which it asks for yes or no, and those of giving."""
    return terms.content(_without_getting(lexicon.wordings("settling")["asking"].sub(" ", fold(question))))


def _without_getting(text: str) -> str:
    getting = lexicon.wordings("settling")["getting"]
    return "".join(" " if getting.fullmatch(piece) else piece for piece in cut(text))


def _thing(act: str, telling: Sequence[str]) -> str:
    """The word that ends what is asked, the shortest that ends there; "" when it has no content word."""
    at = max((act.rfind(word) + len(word) for word in telling if word in act), default=0)
    return min((word for word in telling if act[:at].endswith(word)), key=len, default="")


def asked(question: str) -> str:
    """What a question asks to be settled: the words after its asking word, the whole of it when these say nothing."""
    text = fold(question)
    patterns = lexicon.wordings("settling")
    first = patterns["asking"].search(text)
    at = first.end() if first else 0
    for piece, end in _pieces(text):
        if patterns["short"].fullmatch(piece) and (first is None or end <= first.start()):
            at = end
            break
    return text[at:] if terms.content(text[at:]) else text


def _pieces(text: str) -> list[tuple[str, int]]:
    out, at = [], 0
    for piece in cut(text):
        at += len(piece)
        out.append((piece, at))
    return out


def settles(question: str, words: str) -> float:
    """1 for words that settle the kind of thing a question asks, .5 for those that settle another kind, else 0."""
    kinds = _kinds(question)
    told = {kind for kind, _ in _told(words)}
    return 0.0 if not told else 1.0 if not kinds or kinds & told else 0.5


def _kinds(question: str) -> set[str]:
    """Which kinds of thing a question asks: whether something must, may or will be."""
    return {kind for kind in KINDS if lexicon.wordings("settling")[kind].search(fold(question))}


def _ways(words: str) -> set[str]:
    """Which way words settle something: yes, no, or both."""
    return {way for _, way in _told(words)}


def _told(words: str) -> set[tuple[str, str]]:
    pieces = set(cut(words))
    return {told for word, told in _words().items() if (word in pieces if len(word) == 1 else word in words)}


@lru_cache(1)
def _words() -> dict[str, tuple[str, str]]:
    """The words that settle something, each with its kind (permission, duty or grant) and its way (yes or no)."""
    return {word: (kind, way) for word, kind, way in lexicon.groups("settling.tsv")}


def _narrowest(clauses: tuple[Clause, ...], span: Span) -> Clause:
    """The innermost clause that has all of a span; a first paragraph begins behind the label of its article."""
    around = [c for c in clauses if c.start <= span[0] and span[1] <= c.end][-1]
    behind = span[0] + len(around.label) + 1
    return next((c for c in clauses if c.parent == around.id and c.start <= behind and span[1] <= c.end), around)
