"""A reader as another package may bring one."""

from zhice.corpus.formats.source import Source


def read(data, name):
    """Tells how long a file is."""
    return Source(name, ((1, f"{len(data)} 字节"),), how="converted")
