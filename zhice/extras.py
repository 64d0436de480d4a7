"""The extras of the package: what `pip install 'zhice[…]'` adds."""

from collections.abc import Iterator
from contextlib import contextmanager

from zhice.errors import PackageError


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Around the imports of an extra's packages: raises PackageError, which tells how to install them, where one is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or str(error)).partition(".")[0]
        raise PackageError(f"没有安装 {package} (not installed)；请运行 (run)：pip install 'zhice[{extra}]'") from error
