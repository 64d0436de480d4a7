"""The exceptions of this product, one tree.

ZhiceError
├── CorpusError    a document that cannot be read, or a folder without one
├── StoreError     an index that is missing, damaged, or of another version
├── ModelError     an embedding model that is missing or is not one
├── QueryError     a question that cannot be asked
├── DatasetError   an evaluation set or a file of answers that cannot be read
└── PackageError   a package of an extra that is not installed

Each message is one line: what is wrong, where, and what to do. That of an evaluation set with several faults is a line each.
"""


class ZhiceError(Exception):
    """Any failure that this product foresees; the command line prints its text and exits with 1."""


class CorpusError(ZhiceError):
    """A document that cannot be read, or a folder without one."""


class StoreError(ZhiceError):
    """An index that is missing, damaged, or of another version."""


class ModelError(ZhiceError):
    """An embedding model that is missing or is not one."""


class QueryError(ZhiceError):
    """A question that cannot be asked."""


class DatasetError(ZhiceError):
    """An evaluation set or a file of answers that cannot be read."""


class PackageError(ZhiceError):
    """A package of an extra that is not installed."""
