"""The real assistant over the five policies, and the program around it."""

import pytest


@pytest.fixture(scope="session")
def assistant(store):
    from zhice.retrieval.assistant import Assistant

    return Assistant.open(store)
