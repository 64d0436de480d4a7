"""RTF, as old Office files are read: LibreOffice knows its tables, lists and Chinese code pages."""

from zhice.corpus.formats.office import read

__all__ = ["read"]
