"""The assistant over the five policies, opened once."""

import pytest


@pytest.fixture(scope="session")
def assistant(store):
    from zhice.retrieval.assistant import Assistant

    return Assistant.open(store)


@pytest.fixture(scope="session")
def holdings(assistant):
    return assistant.holdings
