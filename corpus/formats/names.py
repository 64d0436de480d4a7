"""Names of files as they may be shown: one line, no escapes, no lone surrogates."""

import unicodedata

LONGEST = 200


def shown(name: str) -> str:
    """A name for people and for the index: bytes that are not UTF-8 are read as GB18030, what is no character of a line is ·."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        name = name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
    kept = "".join(one if one.isprintable() or unicodedata.category(one) == "Zs" else "·" for one in name)
    return kept if len(kept) <= LONGEST else f"{kept[: LONGEST // 2]}…{kept[-LONGEST // 2 :]}"
