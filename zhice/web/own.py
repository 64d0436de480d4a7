"""The file a reader brought to a chat: what is shown of it, and whom the questions of that chat are put to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document
from zhice.retrieval.model import Answer, Hit, Segment
from zhice.web import paper
from zhice.web.answers import ROLES
from zhice.web.chat import Assistant, Filters, Info, Turn
from zhice.web.citing import titled
from zhice.web.texts import say
from zhice.web.uploads import Upload

ALL, THIS = "语料里", "这份文件里"
"""How an answer calls what was asked: all documents, or one file."""
ROWS = 300
"""How many clauses of an outline are shown at most."""


@dataclass(slots=True)
class Own:
    """A file of one chat, in a folder that goes with it; asked once there is an `assistant`, and alone while `only`."""

    upload: Upload
    parsed: Parsed
    assistant: Assistant | None = None
    only: bool = True

    @property
    def name(self) -> str:
        """The name its reader gave it."""
        return self.upload.name

    @property
    def path(self) -> Path:
        """Where its bytes are."""
        return self.upload.path

    @property
    def folder(self) -> Path:
        """The folder that goes with the chat."""
        return self.upload.path.parent

    def remove(self) -> None:
        """Removes the folder, with all that is in it."""
        self.upload.folder.cleanup()


class Conversation(list[Turn]):
    """The turns of a chat, and the file its reader brought, if any."""

    own: Own | None = None

    def clear(self) -> None:
        """Without turns and without the file."""
        super().clear()
        self.drop()

    def drop(self) -> None:
        """Without the file, which is removed."""
        if self.own is not None:
            self.own.remove()
        self.own = None


class Both:
    """Asks the reader's file and the documents, and gives the answer that is surer."""

    def __init__(self, own: Assistant, whole: Assistant) -> None:
        self._own, self._whole = own, whole

    @property
    def documents(self) -> Sequence[Document]:
        """Those of both, the reader's first."""
        return (*self._own.documents, *self._whole.documents)

    @property
    def info(self) -> Info:
        """That of the documents."""
        return self._whole.info

    def clauses(self, document_id: str) -> Sequence[Clause]:
        """Those of a document of either; raises StoreError for one that neither holds."""
        mine = any(document.id == document_id for document in self._own.documents)
        return (self._own if mine else self._whole).clauses(document_id)

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """The surer of two answers; raises as either does."""
        own, whole = self._own.ask(question, history, filters), self._whole.ask(question, history, filters)
        return max(own, whole, key=lambda answer: (answer.answered, answer.confidence))

    def why(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Sequence[Hit]:
        """The best passages of both, the better first."""
        hits = [*self._own.why(question, history, filters), *self._whole.why(question, history, filters)]
        return sorted(hits, key=lambda hit: -hit.score)[: max(1, len(hits) // 2)]


def asked(turns: Sequence[Turn], whole: Assistant) -> Assistant:
    """Whom the next question of a chat is put to."""
    own = getattr(turns, "own", None)
    if own is None or own.assistant is None:
        return whole
    return own.assistant if own.only else Both(own.assistant, whole)


def put(turns: Sequence[Turn], turn: Turn) -> None:
    """Notes that a question is put to the reader's file, if there is one to ask."""
    brought = getattr(turns, "own", None)
    if brought is not None and brought.assistant is not None:
        turn.private, turn.file, turn.alone = True, brought.name, brought.only


def answered(turns: Sequence[Turn], turn: Turn) -> None:
    """Words the answer to a question of the reader's file: of that alone, "all documents" is the file; what others answered is not its."""
    brought = getattr(turns, "own", None)
    if not turn.file or turn.answer is None or brought is None:
        return
    if turn.alone:
        lines = tuple(replace(line, segments=tuple(map(_of_this, line.segments))) for line in turn.answer.lines)
        turn.answer = replace(turn.answer, lines=lines, reason=turn.answer.reason.replace(ALL, THIS))
    elif all(citation.document.id != brought.parsed.document.id for citation in turn.answer.citations):
        turn.file = ""


def _of_this(segment: Segment) -> Segment:
    """Words of ours of one file; a quote as it is."""
    return replace(segment, text=segment.text.replace(ALL, THIS)) if segment.kind == "label" else segment


def told(turn: Turn, language: str) -> str:
    """What is said below a question of the reader's file: that it is gone, or, of a refusal, that nothing else was asked."""
    if not turn.file:
        return ""
    if not turn.private:
        return f'<p class="put">{escape(say("upload.away", language, name=turn.file))}</p>'
    if not turn.alone or turn.answer is None or turn.answer.answered:
        return ""
    words, whole = escape(say("upload.alone", language, name=turn.file)), escape(say("upload.whole", language))
    button = f'<button type="button" data-event="whole" data-question="{escape(turn.question)}">{whole}</button>'
    return f'<p class="put">{words} {button}</p>'


def documents(turns: Sequence[Turn], whole: Mapping[str, Document]) -> Mapping[str, Document]:
    """The documents by id, with the reader's own, if any."""
    brought = getattr(turns, "own", None)
    return whole if brought is None else {**whole, brought.parsed.document.id: brought.parsed.document}


def opened(turns: Sequence[Turn], document_id: str, clause_id: str, language: str) -> str:
    """The reader's own document at a clause, or whole; "" when it is not that which is asked for."""
    brought = getattr(turns, "own", None)
    if brought is None or brought.parsed.document.id != document_id:
        return ""
    document, clauses = brought.parsed.document, brought.parsed.clauses
    clause = next((clause for clause in clauses if clause.id == clause_id), None)
    return unlinked(paper.linked(document, clauses, clause, language) if clause else paper.whole(document, clauses, language))


def unlinked(sheet: str) -> str:
    """A document that no address leads to: its links are not offered."""
    return f'<div class="unlinked">{sheet}</div>'


def failed(key: str, language: str, **values: object) -> str:
    """Why a file cannot be used."""
    return f'<div class="own"><p class="problem" role="alert">{escape(say(key, language, **values))}</p></div>'


def check(own: Own, language: str, door: str = "") -> str:
    """The outline of a file, for its reader to look at before it is used; below it the `door` of a maintainer, as HTML."""

    def words(key: str, **values: object) -> str:
        return escape(say(key, language, **values))

    clauses = own.parsed.clauses
    duties, targets = sum(len(clause.duties) for clause in clauses), sum(len(clause.targets) for clause in clauses)
    depth: dict[str, int] = {"": 0}
    rows = []
    for clause in clauses:
        depth[clause.id] = depth[clause.parent] + 1
        rows.append(_row(own.parsed.document, clause, depth[clause.id], language))
    more = f"<li>{words('upload.more', n=len(rows) - ROWS)}</li>" if len(rows) > ROWS else ""
    found = words("upload.found", clauses=len(clauses), duties=duties, targets=targets)
    return (
        f'<div class="own"><h2>{words("upload.check", name=own.name)}</h2><p role="status">{found}</p>'
        f'<ol class="outline" tabindex="0" aria-label="{words("upload.outline")}">{"".join(rows[:ROWS])}{more}</ol>'
        f'<p><button type="button" class="yes" data-event="accept">{words("upload.accept")}</button>'
        f'<button type="button" data-event="drop">{words("upload.drop")}</button></p>{door}</div>'
    )


def building(own: Own, step: str, language: str) -> str:
    """What is being done with a file."""
    return f'<div class="own"><p role="status">{escape(say("upload.building", language, name=own.name, step=step))}</p></div>'


def added(own: Own, documents: int, language: str) -> str:
    """A file that has joined the documents."""
    words = say("upload.added", language, name=own.name, documents=documents)
    return f'<div class="own"><p role="status">{escape(words)}</p></div>'


def ready(own: Own, language: str, door: str = "") -> str:
    """A file in use, with the switch that leaves the other documents out, and the `door` as below `check`."""

    def words(key: str, **values: object) -> str:
        return escape(say(key, language, **values))

    return (
        f'<div class="own ready"><p role="status">{words("upload.ready", name=own.name)}</p>'
        f'<p><button type="button" role="switch" aria-checked="{str(own.only).lower()}" data-event="only">{words("upload.only")}</button>'
        f'<button type="button" data-event="drop">{words("upload.remove")}</button></p>{door}</div>'
    )


def _row(document: Document, clause: Clause, depth: int, language: str) -> str:
    duties = "、".join(f"{duty.department}（{say(ROLES[duty.role], language)}）" for duty in clause.duties)
    targets = "；".join(f"{target.name} {target.figure}" for target in clause.targets)
    facts = "".join(f'<span class="{kind}">{escape(told)}</span>' for kind, told in (("duties", duties), ("targets", targets)) if told)
    label = f"<b>{escape(clause.label)}</b> " if clause.label else ""
    return f'<li style="--depth:{depth}">{label}{escape(titled(document, clause))}{facts}</li>'
