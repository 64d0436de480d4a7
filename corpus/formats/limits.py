"""Everything that bounds the reading of one file, in one place."""

from dataclasses import dataclass

MB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, counts, seconds. What goes beyond one of them is refused in one line, and the other files are read.

    `size` of a file, `light` up to which plain text is read without a worker, `alone` up to which all plain text of a folder is.
    `members`, `unpacked`, `ratio` and `depth` bound archives: files, bytes together, bytes out for a byte in, archives in archives.
    `seconds` and `memory` (bytes of a worker and what it started) are for one file; `nodes` bounds the XML parts of an Office file.
    """

    size: int = 50 * MB
    light: int = 256 * 1024
    alone: int = 4 * MB
    members: int = 2000
    unpacked: int = 300 * MB
    ratio: int = 200
    depth: int = 2
    seconds: float = 600.0
    memory: int = 3 * 1024 * MB


LIMITS = Limits()
