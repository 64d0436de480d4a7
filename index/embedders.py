"""The embedder that fits an index: the model it was built with, and the adapter of questions that comes with the program."""

from zhice.errors import StoreError
from zhice.index import adapters, embedding, quantised
from zhice.index.embedding import Asking, Embedder
from zhice.index.manifest import REBUILD
from zhice.index.store import Store
from zhice.settings import DEFAULT_MODEL, Settings


def of(opened: Store, settings: Settings, asking: Asking | None = None) -> Embedder:
    """The embedder a store was built with, in its precision; questions as told, by default in full precision with the adapter of the
    settings, else the general one that comes with the program for the default model.

    Raises StoreError when its weights are others now, ModelError without it.
    """
    own = adapters.GENERAL if opened.manifest.model == DEFAULT_MODEL else None
    asking, built = asking or Asking(settings.adapter or own), opened.manifest.fingerprint
    if built.startswith(quantised.KIND) and not built.startswith(quantised.MARK):  # known before a model is loaded
        raise StoreError(f"{opened.folder}: its vectors were made by another version of zhice; {REBUILD}")
    embedder = embedding.get(opened.manifest.model, settings.cache, built, asking)
    if embedder.fingerprint != built:
        raise StoreError(f"{opened.folder}: built with other weights of model {embedder.name}; {REBUILD}")
    return embedder


def for_search(opened: Store, settings: Settings) -> Embedder:
    """The same for search alone, in int8, with the adapter of the settings, else the one that comes with the program for such documents.

    Answers are in full precision: how sure they are is read off cosines, which are the same on every processor.
    """
    titles = [document.title for document in opened.catalogue.documents]
    fitting = adapters.fitting(titles) if opened.manifest.model == DEFAULT_MODEL else None
    return of(opened, settings, Asking(settings.adapter or fitting, exact=False))
