"""Candidates made by hand: pieces of one text, with the features and the log-odds that a test is about."""

from zhice.corpus.model import Clause, Document
from zhice.index.model import Passage
from zhice.retrieval.answer.candidates import Candidate
from zhice.retrieval.model import Hit


def document(text, id="d", region="", title="办法", number=""):
    return Document(id, title, text, number=number, region=region)


def candidate(text, words="", log_odds=0.0, features=None, duties=(), of=None, clause=None):
    """A piece of a text (all of it by default) as a candidate; it is a clause of its own, or stands in the one given (start, end)."""
    held = of or document(text)
    start = text.index(words)
    end = start + len(words) if words else len(text)
    first, last = clause or (start, end)
    own = Clause(f"{held.id}/{first}", "article", "", "", first, last, last, "", (), (), duties)
    passage = Passage(f"{own.id}#{start}", own.id, held.id, start, end, text[start:end], held.title)
    return Candidate(Hit(passage, 1.0, 1), own, held, (start, end), log_odds, {"head": 0.0} | (features or {}))


class Words:
    """How much a text says of a question: the share of some words that it has."""

    def __init__(self, *words):
        self.words = words

    def of(self, text):
        return sum(word in text for word in self.words) / len(self.words)
