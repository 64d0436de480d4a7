"""知策: questions about Chinese policy documents, answered with the clauses they stand on.

The stages of the pipeline are sub-packages: :mod:`zhice.corpus`, :mod:`zhice.index`, :mod:`zhice.retrieval`
and :mod:`zhice.eval`. In a source checkout they are folders beside this one.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if not Path(__file__).with_name("corpus").is_dir():  # a source checkout: the stages lie beside this folder
    __path__.append(str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from zhice.errors import ZhiceError
    from zhice.retrieval.assistant import Assistant
    from zhice.retrieval.retriever import Retriever
    from zhice.settings import Settings

__version__ = "0.1.0"
__all__ = ["Assistant", "Retriever", "Settings", "ZhiceError", "__version__"]

_HOMES = {
    "Assistant": "zhice.retrieval.assistant",
    "Retriever": "zhice.retrieval.retriever",
    "Settings": "zhice.settings",
    "ZhiceError": "zhice.errors",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: public names load their home on first use
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'zhice' has no attribute {name!r}")
