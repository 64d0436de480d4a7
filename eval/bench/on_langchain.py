"""LangChain: its text splitter, `HuggingFaceEmbeddings` as it comes, and its FAISS store (exact, L2)."""

from pathlib import Path

from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings

from zhice.eval.bench.sizes import Size
from zhice.eval.bench.systems import Search, model_folder, pieces
from zhice.settings import Settings


class System:
    """LangChain's vector store."""

    def __init__(self, settings: Settings) -> None:
        self._model = HuggingFaceEmbeddings(model_name=model_folder(settings))

    def ready(self) -> None:
        """Its model is loaded by now."""

    def build(self, size: Size, folder: Path, same: bool) -> int:
        """Builds with `FAISS.from_texts`, or with `FAISS.from_embeddings` where vectors are handed over."""
        held = pieces(size, same)
        metadatas = [{"id": piece.id} for piece in held]
        texts, vectors = [piece.text for piece in held], size.vectors()
        if vectors is None:
            store = FAISS.from_texts(texts, self._model, metadatas)
        else:
            store = FAISS.from_embeddings(zip(texts, vectors, strict=True), self._model, metadatas)
        store.save_local(str(folder))
        return len(held)

    def open(self, size: Size, folder: Path) -> Search:
        """Opens with `FAISS.load_local`. Where vectors are handed over they were made with the model's prompt for passages,
        so questions get its prompt for questions; by itself LangChain gives neither.
        """
        if size.handed and "query" in self._model._client.prompts:
            self._model.query_encode_kwargs = {"prompt_name": "query"}
        store = FAISS.load_local(str(folder), self._model, allow_dangerous_deserialization=True)
        return lambda question, k: [found.metadata["id"] for found in store.similarity_search(question, k)]
