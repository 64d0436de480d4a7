"""An adapter: low-rank changes (LoRA, Hu et al., 2021) of some matrices of the embedding model, for questions only.

Passages are embedded as before, so an adapter comes and goes without an index being built anew.
"""

import hashlib
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhice.errors import ModelError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Matrix = NDArray[np.float32]
DOWN, UP = ".down", ".up"
DATA = Path(__file__).with_name("data")
"""The adapters of the default model that come with the program; README.md in it says what they were trained on."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """What is added to matrices of shape (out, in): `up` of shape (out, rank) times `down` of shape (rank, in), by name.

    `base` is the fingerprint of the model that it was trained with, `digest` tells it from other adapters.
    """

    base: str
    digest: str
    changes: Mapping[str, tuple[Matrix, Matrix]]

    def check(self, fingerprint: str, name: str) -> None:
        """Raises ModelError unless it was trained with the model of that fingerprint."""
        if self.base != fingerprint:
            raise ModelError(f"the adapter was trained with another model than {name}; train one with it, or unset ZHICE_ADAPTER")

    def merged(self, weights: Mapping[str, Matrix]) -> dict[str, Matrix]:
        """The weights of the model with the changes; raises KeyError for a matrix that it does not have.

        Products are rounded from double precision: in single, processors that sum in another order have other ones.
        """
        products = {name: (up.astype(np.float64) @ down).astype(np.float32) for name, (up, down) in self.changes.items()}
        return dict(weights) | {f"{name}.weight": weights[f"{name}.weight"] + product for name, product in products.items()}

    def attach(self, bert: Any, asking: Callable[[], bool]) -> None:  # noqa: ANN401 - transformers has no types
        """Have a torch model add the changes whenever `asking` says that it embeds a question."""
        import torch

        for name, pair in self.changes.items():
            matrix = bert.get_submodule(name)
            up, down = (torch.from_numpy(part).to(matrix.weight.device) for part in pair)

            def change(_module: Any, taken: Any, out: Any, up: Any = up, down: Any = down) -> Any:  # noqa: ANN401
                return out + taken[0] @ down.T @ up.T if asking() else None

            matrix.register_forward_hook(change)


NONE = Adapter("", "questions", {})
"""Questions as the model itself has them."""


GENERAL = DATA / "questions.safetensors"
"""The adapter for answers, whatever the documents, and for the search of all that have none of their own."""


def fitting(titles: Sequence[str]) -> Path:
    """The adapter for the search of an index whose documents have these titles."""
    rules = tomllib.loads((DATA / "adapters.toml").read_text("utf-8"))
    for name, rule in rules.items():
        if 2 * sum(re.search(rule["titles"], title) is not None for title in titles) >= max(len(titles), 1):
            return DATA / f"{name}.safetensors"
    return GENERAL


def read(file: Path) -> Adapter:
    """The adapter that `write` wrote; raises ModelError when it cannot be read."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as opened:
            base = (opened.metadata() or {})["base"]
            names = [name.removesuffix(UP) for name in opened.keys() if name.endswith(UP)]  # noqa: SIM118 - it is no dict
            changes = {name: (_whole(opened, name + UP), _whole(opened, name + DOWN)) for name in names}
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    except (OSError, KeyError, SafetensorError) as error:
        raise ModelError(f"{file}: not an adapter ({error}); make one with: zhice train") from error
    return Adapter(base, digest, changes)


def _whole(opened: Any, name: str) -> Matrix:  # noqa: ANN401 - safetensors has no types
    matrix: Matrix = opened.get_tensor(name).astype(np.float32)
    return matrix


def write(file: Path, base: str, changes: Mapping[str, tuple[Matrix, Matrix]]) -> None:
    """Write an adapter in half precision; raises OSError."""
    from safetensors.numpy import save

    halves = {
        name + part: np.ascontiguousarray(m, np.float16) for name, pair in changes.items() for part, m in zip((UP, DOWN), pair, strict=True)
    }
    file.write_bytes(save(halves, {"base": base}))
