"""Which documents mention something (哪些文件提到众创空间): all of them, each with the first sentence that does."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhice.corpus.model import Clause, Document, Span
from zhice.index.tokens import STOP, fold
from zhice.retrieval.lookup.catalogue import LISTED
from zhice.retrieval.lookup.drafting import Draft, cite
from zhice.retrieval.lookup.missing import Absent
from zhice.retrieval.model import Query
from zhice.retrieval.query import english, lexicon, terms
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search import texts

_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that mentions something, its clause, and the name by which it does."""

    clause: Clause
    span: Span
    name: str


def answer(query: Query, documents: Sequence[str], collection: Collection) -> Draft | Absent | None:
    """The documents that mention what a question asks for, among some (all, when none is given); None for another question."""
    subject = asked(query.text)
    if not subject:
        return None
    among = [d for d in collection.documents if not documents or d.id in documents]
    names, parts = _names(subject), _parts(subject)
    found = _found(among, lambda words: next((name for name in names if _has(words, name)), ""), collection)
    if not found and parts:
        found = _found(among, lambda words: subject if all(part in words for part in parts) else "", collection)
    if not found:
        return Absent(f"语料里没有文件提到“{subject}”。")
    draft = Draft()
    first = f"，列出前 {LISTED} 份" if len(found) > LISTED else ""
    draft.add(f"语料里提到“{subject}”的文件有 {len(found)} 份{first}：")
    for n, (document, said) in enumerate(found[:LISTED], 1):
        _add(draft, n, document, said, subject)
    return draft


def _add(draft: Draft, n: int, document: Document, said: Sequence[Mention], subject: str) -> None:
    """A document with its best mention: one with the very words of the question, and not in the title, if there is one."""
    best = min(said, key=lambda mention: (mention.name != subject, mention.clause.kind == "title"))
    number = f"（{document.number}）" if document.number else ""
    other = f"，写作“{best.name}”" if best.name != subject else ""
    draft.add(f"{n}. 《{document.title}》{number}：{len({mention.clause.id for mention in said})} 条提到{other}")
    draft.add(document.text[slice(*best.span)].replace("\n", " "), cite(document, best.clause, [best.span]))
    draft.items.append(document.title)


def asked(question: str) -> str:
    """What a question asks which documents mention, folded; "" when it asks something else."""
    text = fold(question)
    patterns = lexicon.wordings("mentions")
    found = patterns["asks"].search(text)
    subject = next((part for part in found.groups() if part), "") if found else ""
    subject = patterns["around"].sub("", subject).strip(" “”\"'《》")
    return subject if _LATIN.search(subject) or terms.content(subject) else ""


def _names(subject: str) -> tuple[str, ...]:
    """A subject and the other words for it: its synonyms, or for an English one its readings."""
    same = lexicon.synonyms().get(subject, ())
    readings = english.readings(subject) if _LATIN.search(subject) else ()
    return tuple(dict.fromkeys((subject, *same, *readings)))


def _parts(subject: str) -> tuple[str, ...]:
    """The words of a subject of several, when they are all that it says."""
    parts = terms.content(subject)
    rest = re.sub("|".join(map(re.escape, sorted(parts, key=len, reverse=True))), "", subject) if parts else subject
    return parts if len(parts) > 1 and set(rest) <= STOP | {" "} else ()


def _found(among: Sequence[Document], named: Callable[[str], str], collection: Collection) -> list[tuple[Document, list[Mention]]]:
    """The documents with sentences that are `named` as mentioning something, with those sentences."""
    found = []
    for document in among:
        said = []
        for clause in collection.clauses[document.id]:
            for span in texts.sentences(document.text, clause.start, clause.own_end):
                if name := named(fold(document.text[slice(*span)])):
                    said.append(Mention(clause, span, name))
        if said:
            found.append((document, said))
    return found


def _has(words: str, name: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", words) is not None if _LATIN.match(name) else name in words
