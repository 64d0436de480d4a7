"""The loss and the steps of the training."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from zhice.eval.training.asker import Asker
from zhice.eval.training.examples import Example
from zhice.index.embedding import SentenceEmbedder

EPOCHS, BATCH = 4, 16
RATE, DECAY, WARM = 1e-3, 0.01, 20
TEMPERATURE = 0.01  # that of the model's own training (Wang et al., Multilingual E5, 2024)
NO_ANSWER, CAUTION = 0.77, 0.6
"""The cosine below which passages are to stay that do not answer, and above which one that does is to come; what that counts beside
the order of passages, where there are questions without an answer to learn it from."""
SEED = 20180516

Told = Callable[[int], None]


@dataclass(frozen=True)
class Lessons:
    """Examples over the passages of one index, `vectors` of shape (passages, dimension); `known` is kept for other lessons."""

    examples: Sequence[Example]
    vectors: NDArray[np.float32]
    known: dict[str, Tensor] = field(default_factory=dict)


def train(embedder: SentenceEmbedder, lessons: Lessons, tell: Told | None = None) -> Asker:
    """An embedding of questions trained on examples; `tell` hears the number of each epoch that is done.

    The loss of a question is the mean, over the passages that answer it, of the cross-entropy of the softmax of its cosines,
    over a temperature, with that passage and all of the index that do not answer it (InfoNCE, van den Oord et al., 2018): each
    is to come before all others, and none stands in another's way. Questions without an answer are learned from too, see `loss`.
    """
    torch.manual_seed(SEED)
    dice = random.Random(SEED)
    asker = Asker(embedder, lessons.known)
    passages = torch.tensor(lessons.vectors)  # a copy: those of an index are mapped, and cannot be written
    examples = list(lessons.examples)
    cautious = any(not example.passages for example in examples)
    trained = [weight for weight in asker.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * math.ceil(len(examples) / BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min((step + 1) / WARM, 1) * (1 - step / (steps + 1)))
    for epoch in range(1, EPOCHS + 1):
        dice.shuffle(examples)
        asker.train()
        for start in range(0, len(examples), BATCH):
            batch = examples[start : start + BATCH]
            vectors = asker([example.text for example in batch])
            missed = loss(vectors @ passages.T / TEMPERATURE, batch, cautious=cautious)
            optimiser.zero_grad()
            missed.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            pace.step()
        if tell:
            tell(epoch)
    return asker.eval()


def loss(scores: Tensor, batch: Sequence[Example], *, cautious: bool = False) -> Tensor:
    """The loss of questions with the scores of all passages, shape (questions, passages).

    Where it is `cautious`, "no answer" is a passage of its own, with the score of `NO_ANSWER`: it comes before all passages of the
    documents that do not answer a question, and after the best of those that do.
    """
    losses, none = [], NO_ANSWER / TEMPERATURE
    for row, example in zip(scores, batch, strict=True):
        if not example.passages:
            losses.append(CAUTION * functional.softplus(torch.logsumexp(row[slice(*example.unanswering)], 0) - none))
            continue
        own = torch.tensor(example.passages)
        others = torch.logsumexp(row.index_fill(0, own, -torch.inf), 0)
        missed = functional.softplus(others - row[own]).mean()
        losses.append(missed + CAUTION * functional.softplus(none - row[own].max()) if cautious else missed)
    return torch.stack(losses).mean()
