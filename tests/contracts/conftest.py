"""The product as other programs meet it: a real server with the five policies, on a free port of loopback."""

import pytest

KEY = "zhice-test-key"
TIMEOUT = 120  # seconds: the first question waits for the model


@pytest.fixture(scope="session")
def assistant(store):
    from zhice import Assistant

    return Assistant.open(store)


@pytest.fixture(scope="session")
def address(assistant):
    """The address of a server that asks for no key."""
    yield from served(assistant, None)


@pytest.fixture(scope="session")
def keyed(assistant):
    """The address of a server that asks for `KEY`."""
    from zhice.web.api.guard import Guard
    from zhice.web.api.keys import Keys, digest_of

    yield from served(assistant, Guard(Keys((digest_of(KEY),))))


def served(assistant, guard):
    pytest.importorskip("gradio", reason="no gradio: pip install -r requirements-dev.txt")
    from zhice.web.serve import serve

    running = serve(assistant, port=0, guard=guard, block=False)
    yield running.url.rstrip("/")
    running.close()
