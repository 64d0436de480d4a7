"""Archives: their members one by one, within limits, never outside."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from zhice.corpus.formats import kinds
from zhice.corpus.formats.limits import LIMITS, Limits
from zhice.corpus.formats.names import shown
from zhice.errors import CorpusError

_UTF8, _ENCRYPTED = 0x800, 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive under `name` (`包.zip/甲.txt`): its bytes, or why there are none."""

    name: str
    data: bytes = b""
    skipped: str = ""


def members(data: bytes, name: str, limits: Limits = LIMITS, depth: int = 1) -> Iterator[Member]:
    """The files of a zip, those of zips in it too; raises CorpusError when it cannot be opened."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise CorpusError(f"{name}: the archive is cut short or damaged; give a whole copy") from error
    unpacked = 0
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        for entry in entries[: limits.members]:
            inside = f"{name}/{shown(_decoded(entry))}"
            if _hidden(entry):
                continue
            member = _member(archive, entry, inside, limits, limits.unpacked - unpacked)
            unpacked += len(member.data)
            if member.data.startswith(b"PK\x03\x04") and _is_zip(member):
                yield from _nested(member, limits, depth)
            else:
                yield member
        if len(entries) > limits.members:
            more = len(entries) - limits.members
            yield Member(f"{name}/…", skipped=f"{more} more files: an archive may hold {limits.members}; split it")


def _nested(member: Member, limits: Limits, depth: int) -> Iterator[Member]:
    if depth >= limits.depth:
        yield Member(member.name, skipped=f"an archive more than {limits.depth} deep; unpack it")
    else:
        yield from members(member.data, member.name, limits, depth + 1)


def _is_zip(member: Member) -> bool:
    try:
        return kinds.of(member.data, member.name) == kinds.ZIP
    except CorpusError:
        return False


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, inside: str, limits: Limits, left: int) -> Member:
    path = PurePosixPath(_decoded(entry).replace("\\", "/"))
    if not path.parts:
        return Member(inside, skipped="it has no name")
    if path.is_absolute() or ".." in path.parts or (len(path.parts[0]) == 2 and path.parts[0][1] == ":"):
        return Member(inside, skipped="its path leads out of the archive")
    if entry.flag_bits & _ENCRYPTED:
        return Member(inside, skipped="encrypted; unpack it with its password")
    if entry.external_attr >> 16 & 0o170000 == 0o120000:
        return Member(inside, skipped="a symbolic link")
    most = min(limits.size, left, max(entry.compress_size, 1024) * limits.ratio)
    try:
        with archive.open(entry) as opened:
            data = opened.read(most + 1)  # what an entry tells of its size may be a lie
    except _DAMAGE as error:
        return Member(inside, skipped=f"damaged in the archive ({type(error).__name__})")
    if len(data) > most:
        return Member(inside, skipped=f"unpacks to more than {most / 2**20:.0f} MB, beyond the limits of archives")
    return Member(inside, data)


def _hidden(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts)


def _decoded(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: UTF-8 where it says so, else UTF-8 or GBK by its bytes, which zipfile reads as code page 437."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
