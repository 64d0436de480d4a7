"""States of tokens: which token a character belongs to, and that states are those of the model's layer."""

import numpy as np
import pytest

from zhice.index import e5, token_states
from zhice.settings import DEFAULT_MODEL, Settings

QUESTION, TEXT = "水质由谁检查", "游泳池的水质由区卫生监督所每月检查一次，结果由经营者公布。"


@pytest.fixture(scope="module")
def states(embedder):
    return embedder.states


def test_each_character_belongs_to_a_token(states):
    told, owner = states.read(QUESTION, TEXT)
    assert owner.shape == (len(TEXT),)
    assert told.shape == (owner.max() + 2, 384)
    assert sorted(set(owner.tolist())) == list(range(1, len(told) - 1))
    assert (np.diff(owner) >= 0).all()


@pytest.mark.parametrize("text", ["", " ", "①ＡＢＣ　ｘ", "😀の\u200b", "㍿市"])
def test_odd_texts(states, text):
    told, owner = states.read(QUESTION, text)
    assert (len(owner), owner.max(initial=0) < len(told)) == (len(text), True)


def test_what_is_beyond_the_longest_belongs_to_the_mark_behind(states):
    told, owner = states.read("问", "甲乙丙丁" * 300)
    assert len(told) <= token_states.LONGEST
    assert owner[-1] == len(told) - 1 and owner[0] == 1


def test_the_question_is_read_with_it(states):
    one, other = (states.read(question, TEXT)[0] for question in (QUESTION, "结果由谁公布"))
    assert one.shape == other.shape and not np.allclose(one, other, atol=0.01)


def test_states_are_those_of_the_model_moved_alike(states, embedder):
    """Beside transformers in full precision: every state is moved by the same, and little else is left out."""
    from zhice.index.embedding import SentenceEmbedder

    model = SentenceEmbedder(str(e5.default_folder(Settings().cache)), DEFAULT_MODEL).model
    tokenizer = model.tokenizer
    inside = tokenizer(TEXT, add_special_tokens=False)["input_ids"]
    asked = tokenizer(f"query: {QUESTION}")["input_ids"]
    told, _ = states.read(QUESTION, TEXT)
    placed = [number for number, _ in states._pieces.placed(TEXT)]
    assert placed == [number for number in inside if number != tokenizer.convert_tokens_to_ids("▁")]
    import torch

    with torch.no_grad():
        every = model[0].auto_model(torch.tensor([[*asked, *placed, asked[-1]]]), output_hidden_states=True).hidden_states
    own = every[token_states.LAYERS][0].numpy()[len(asked) - 1 :]
    moved = told - own
    assert np.abs(moved - moved.mean(axis=0)).mean() < 0.15 * own.std(axis=0).mean()
