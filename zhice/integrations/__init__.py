"""Retrievers for other programs' pipelines, each a thin adapter of :class:`zhice.Retriever` with an extra of its own."""
