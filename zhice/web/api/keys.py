"""API keys. Only their SHA-256 is kept: a key is 256 random bits, which no dictionary holds and no salt need protect."""

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from zhice.errors import ZhiceError
from zhice.settings import Settings

HEAD = "# zhice api keys: SHA-256 and a name on each line; take a line out to revoke its key, then restart\n"
_LINE = re.compile(r"([0-9a-f]{64})(?:\s+(.*))?")


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that may be used; with none, everybody may ask."""

    digests: tuple[str, ...] = ()

    def holds(self, key: str) -> bool:
        """Whether a key is one of them, in a time that tells nothing of how close it is."""
        digest = digest_of(key)
        return sum(hmac.compare_digest(digest, known) for known in self.digests) > 0


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()


def of(settings: Settings) -> Keys:
    """The keys of an installation; none where no file was made. Raises ZhiceError for a file that was named and is not there."""
    if settings.api_keys is None and not file_of(settings).exists():
        return Keys()
    return read(file_of(settings))


def file_of(settings: Settings) -> Path:
    """Where the keys of an installation are kept."""
    return settings.api_keys or settings.store / "api-keys"


def read(path: Path) -> Keys:
    """The keys of a file; raises ZhiceError with the line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ZhiceError(f"{path}: 密钥文件无法读取（{reason}）；用 zhice key 生成一个，或取消 ZHICE_API_KEYS_FILE") from error
    digests: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            found = _LINE.fullmatch(line.strip())
            if found is None:
                raise ZhiceError(f"{path}:{number}: 不是密钥的 SHA-256（64 位十六进制数）；用 zhice key 生成")
            digests.append(found[1])
    if not digests:  # a file that admits nobody is a mistake that must not admit everybody
        raise ZhiceError(f"{path}: 其中没有密钥；用 zhice key 生成一个，或删去这个文件")
    return Keys(tuple(digests))


def new(path: Path, name: str) -> str:
    """Makes a key, writes its SHA-256 to a file that only its owner reads, and returns it: it cannot be shown again."""
    key = f"zhice-{secrets.token_urlsafe(32)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(0o600)
            path.write_text(HEAD, "utf-8")
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{digest_of(key)} {' '.join(name.split())}".rstrip() + "\n")
    except OSError as error:
        raise ZhiceError(f"{path}: 密钥文件无法写入（{error.strerror}）；请用 --store 或 ZHICE_API_KEYS_FILE 换一个地方") from error
    return key
