"""知策: questions about Chinese policy documents, answered with the clauses they stand on.

The public names are those of `__all__`; docs/reference.md describes each. The stages of the pipeline are sub-packages:
:mod:`zhice.corpus`, :mod:`zhice.index`, :mod:`zhice.retrieval` and :mod:`zhice.eval`. In a source checkout they are
folders beside this one.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if not Path(__file__).with_name("corpus").is_dir():  # a source checkout: the stages lie beside this folder
    __path__.append(str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from zhice.corpus.model import Clause, Document, Duty, Reference, Target
    from zhice.errors import CorpusError, DatasetError, ModelError, PackageError, QueryError, StoreError, ZhiceError
    from zhice.index.model import Passage
    from zhice.retrieval.assistant import Assistant, Info
    from zhice.retrieval.model import Answer, Citation, Figure, Hit, Line, Query, Segment, TableRow
    from zhice.retrieval.retriever import Retriever
    from zhice.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Clause",
    "CorpusError",
    "DatasetError",
    "Document",
    "Duty",
    "Figure",
    "Hit",
    "Info",
    "Line",
    "ModelError",
    "PackageError",
    "Passage",
    "Query",
    "QueryError",
    "Reference",
    "Retriever",
    "Segment",
    "Settings",
    "StoreError",
    "TableRow",
    "Target",
    "ZhiceError",
    "__version__",
]

_HOMES = {
    "zhice.corpus.model": ("Clause", "Document", "Duty", "Reference", "Target"),
    "zhice.errors": ("CorpusError", "DatasetError", "ModelError", "PackageError", "QueryError", "StoreError", "ZhiceError"),
    "zhice.index.model": ("Passage",),
    "zhice.retrieval.assistant": ("Assistant", "Info"),
    "zhice.retrieval.model": ("Answer", "Citation", "Figure", "Hit", "Line", "Query", "Segment", "TableRow"),
    "zhice.retrieval.retriever": ("Retriever",),
    "zhice.settings": ("Settings",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: public names load their home on first use
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'zhice' has no attribute {name!r}")
