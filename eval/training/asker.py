"""The embedding of questions with an adapter that can be trained (LoRA, Hu et al., 2021), in torch.

Only the upper layers are changed: the ones below run once for each question, and what they say is kept.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from zhice.errors import ModelError
from zhice.index import quantised
from zhice.index.embedding import SentenceEmbedder, plain

RANK, SCALE, DROPOUT = 16, 2.0, 0.1
UPPER = 4
"""How many layers are changed."""
_BATCH = 32


class _Changed(nn.Module):
    """A matrix and a low-rank change of it, nothing at first."""

    def __init__(self, matrix: nn.Linear) -> None:
        super().__init__()
        self.matrix = matrix
        self.down = nn.Parameter(torch.randn(RANK, matrix.in_features) / matrix.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(matrix.out_features, RANK))

    def forward(self, taken: Tensor) -> Tensor:
        """What the matrix makes of it, and what the change adds."""
        added = functional.dropout(taken, DROPOUT, self.training) @ self.down.T @ self.up.T
        out: Tensor = self.matrix(taken) + SCALE * added
        return out


class Asker(nn.Module):
    """Embeds questions; made from a model of the kinds that run as int8, whose own weights it leaves as they are."""

    def __init__(self, embedder: SentenceEmbedder, known: dict[str, Tensor] | None = None) -> None:
        """`known` keeps what the layers below make of each question, for other askers of the same model too.

        Raises ModelError for a model of another kind.
        """
        super().__init__()
        self._embedder = embedder
        try:
            bert, self._most, form = quantised.parts(embedder.model)
        except ValueError as error:
            raise ModelError(
                f"{embedder.name}: no adapter can be trained for this kind of model ({error}); choose one of BERT's"
            ) from error
        self._first = form.pooling == "cls"
        bert.requires_grad_(False)
        self._from = max(len(bert.encoder.layer) - UPPER, 0)
        self._below = [bert.embeddings, *bert.encoder.layer[: self._from]]  # a list, so that they stay as they are while it trains
        self.layers = nn.ModuleList(_copy(layer) for layer in bert.encoder.layer[self._from :])
        self._known = {} if known is None else known

    def forward(self, texts: Sequence[str]) -> Tensor:
        """The vectors of questions, shape (texts, dimension), each of length 1."""
        words = [self._lower(text) for text in texts]
        longest = max(map(len, words))
        tokens = torch.stack([functional.pad(one, (0, 0, 0, longest - len(one))) for one in words])
        there = torch.tensor([[float(i < len(one)) for i in range(longest)] for one in words])
        hidden = (1 - there)[:, None, None, :] * torch.finfo(torch.float32).min
        for layer in self.layers:
            tokens = layer(tokens, hidden)
        weight = there[..., None]
        pooled = tokens[:, 0] if self._first else (tokens * weight).sum(1) / weight.sum(1)
        return functional.normalize(pooled, dim=-1)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of questions as they are now, shape (texts, dimension)."""
        self.eval()
        with torch.no_grad():
            return np.concatenate([self(texts[i : i + _BATCH]).numpy() for i in range(0, len(texts), _BATCH)])

    def changes(self) -> Iterator[tuple[str, tuple[NDArray[np.float32], NDArray[np.float32]]]]:
        """The changes by the name of the matrix in the model, as an adapter holds them."""
        for number, layer in enumerate(self.layers, self._from):
            for name, part in layer.named_modules():
                if isinstance(part, _Changed):
                    up, down = (weight.detach().numpy().astype(np.float32) for weight in (part.up, part.down))
                    yield f"encoder.layer.{number}.{name}", (np.float32(SCALE) * up, down)

    def _lower(self, text: str) -> Tensor:
        """What the layers below make of a question, shape (tokens, size)."""
        if text not in self._known:
            asked = self._embedder.question_prompt + plain(text)
            tokens = self._embedder.model.tokenizer(asked, truncation=True, max_length=self._most, return_tensors="pt")["input_ids"]
            with torch.no_grad():
                for layer in self._below:
                    tokens = layer(tokens)
            self._known[text] = tokens[0]
        return self._known[text]


def _copy(layer: Any) -> Any:  # noqa: ANN401 - transformers has no types
    """A layer whose matrices can be changed."""
    new = deepcopy(layer)
    for name, part in list(new.named_modules()):
        if isinstance(part, nn.Linear):
            above, _, last = name.rpartition(".")
            setattr(new.get_submodule(above), last, _Changed(part))
    return new
