"""The question sets that the judge learns from or is judged by, each with the index of its documents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from zhice.eval import questions
from zhice.eval.judging import cache, material
from zhice.eval.judging.cases import Cases, gather
from zhice.eval.questions import Question
from zhice.index import adapters
from zhice.index.generations import current, exists
from zhice.index.store import build_folders
from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings

NEVER_LEARNED = frozenset({"ncp"})
"""Sets without unanswerable questions, whose evidence is only where an answer begins: their recall is measured, nothing else."""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Set:
    """A question set: its name, its questions, the store of its documents, whether it is our own (see `material`), and the file of the
    adapter that it is asked with (None: that of the program).
    """

    name: str
    questions: tuple[Question, ...]
    store: Path
    own: bool = False
    adapter: Path | None = None

    @property
    def learned(self) -> bool:
        """Whether the judge may learn from it."""
        return self.name not in NEVER_LEARNED

    def open(self) -> Assistant:
        """The assistant over its documents."""
        return Assistant.open(self.store, Settings(adapter=self.adapter))

    def made_of(self) -> tuple[str, ...]:
        """All that its cases depend on."""
        return cache.code(), repr(self.questions), current(self.store).name, adapters.read(self.adapter or adapters.GENERAL).digest

    def cases(self, folder: Path | None) -> Cases:
        """Its cases, from a cache folder where they are in it."""
        return cache.cases(folder, self.name, self.made_of(), lambda: gather(self.open().searcher, self.questions))


def given(spec: str) -> Set:
    """The set of `QUESTIONS=STORE`; raises DatasetError as `questions.load` does."""
    path, _, store = spec.partition("=")
    return Set(Path(path).stem, tuple(questions.load(path)), Path(store))


def own(shared: Path, stores: Path, tell: Tell) -> list[Set]:
    """Our own sets, each with its index in a folder, built where there is none; tells what is left out.

    Raises DatasetError when the shared folder is not there.
    """
    out = []
    for name in material.names():
        documents, store = stores / name / "documents", stores / name / "store"
        found = material.own(shared, name, documents)
        for key in found.lacking:
            tell(f"{name}: left out, not there or not readable here: {key}")
        for key in found.changed:
            tell(f"{name}: left out, its text is another one: {key}")
        if found.dropped:
            tell(f"{name}: {found.dropped} questions left out")
        if not exists(store):
            build_folders([documents], Settings(store=store))
        out.append(Set(name, found.questions, store, own=True))
    return out


def unseen(asked: Sequence[Question], documents: Sequence[str]) -> tuple[Question, ...]:
    """The questions that none of the documents answers, named by their keys: what was learned from these is not asked."""
    names = {name for key in documents for name in (PurePath(key).name, PurePath(key).stem)}
    return tuple(question for question in asked if names.isdisjoint(question.docs))
