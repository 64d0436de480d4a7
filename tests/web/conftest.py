"""What the browser tests share: one Chromium, pages that may ask nobody else, and servers around the fake and the real assistant."""

import os
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.web.browsing import DESKTOP, FLAGS, free_port
from tests.web.fake import FakeAssistant

ROOT = Path(__file__).parents[2]
PATIENCE = 60_000
"""Milliseconds that a page has to show what is waited for: a busy machine is no fault of the page."""
LEAVING = 5000
"""Milliseconds that a page has to go."""
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
    if not Path(CHROMIUM).is_file():
        pytest.skip(f"no Chromium at {CHROMIUM}; set $CHROMIUM to its path")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def profiles(browser):
    """Pages that no test uses now, by language, each with a profile of its own: one that is used again loads in a third of the time."""
    return defaultdict(list)


def forget(page, urls):
    """Leaves nothing of a test in a profile."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.context.set_offline(False)
    page.goto("about:blank", timeout=LEAVING)
    page.context.clear_cookies()
    page.context.clear_permissions()
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    storage = page.context.new_cdp_session(page)
    for url in urls:
        storage.send("Storage.clearDataForOrigin", {"origin": "{0.scheme}://{0.netloc}".format(urlsplit(url)), "storageTypes": "all"})
    storage.detach()


@pytest.fixture
def visit(browser, profiles):
    """Opens an address in a profile without a past; afterwards, no page may have asked any other host, nor thrown."""
    from playwright.sync_api import Error, expect

    expect.set_options(timeout=PATIENCE)
    lent, once, urls, hosts, errors = [], [], set(), set(), []

    def asked(request):
        hosts.add(urlsplit(request.url).hostname)

    def thrown(error):
        errors.append(error.error)

    def heard(page):
        return (page.context, "request", asked), (page, "websocket", asked), (page.context, "weberror", thrown)

    def fresh(locale, script=None, **options):
        context = browser.new_context(locale=locale, **options)
        context.set_default_timeout(PATIENCE)
        if script:
            context.add_init_script(script)
        return context.new_page()

    def open_page(url, size=DESKTOP, locale="zh-CN", shows=".narrow", **options):
        if options:
            once.append(page := fresh(locale, **options))
        else:
            lent.append((locale, page := profiles[locale].pop() if profiles[locale] else fresh(locale)))
        urls.add(url)
        for source, event, hear in heard(page):
            source.on(event, hear)
        page.set_viewport_size(size)
        page.goto(url)
        expect(page.locator(shows)).to_be_attached()  # `.narrow`: the page has been told its reader's language
        return page

    yield open_page
    for page in once:
        page.context.close()
    for locale, page in lent:
        for source, event, hear in heard(page):
            source.remove_listener(event, hear)
        try:
            forget(page, urls)
            profiles[locale].append(page)
        except Error:  # it is loading itself again, as one does whose server is gone
            page.context.close()
    assert hosts <= {"127.0.0.1", None}, f"hosts asked: {hosts}"  # None: data and blob addresses
    assert not errors


@pytest.fixture(scope="session")
def fake_chat(tmp_path_factory):
    from zhice.settings import Settings
    from zhice.web.serve import serve

    port = free_port()
    running = serve(FakeAssistant(), port=port, settings=Settings(store=tmp_path_factory.mktemp("fake")), block=False)
    yield f"http://127.0.0.1:{port}"
    running.close()


@pytest.fixture(scope="session")
def real_chat(tmp_path_factory):
    """`python app.py` from another folder, which builds its index first."""
    folder = tmp_path_factory.mktemp("chat")
    port = free_port()
    command = [sys.executable, str(ROOT / "app.py"), "--port", str(port), "--store", str(folder / "store")]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            started = next((line for line in server.stdout if "127.0.0.1" in line), "")
            assert started, (folder / "log").read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(PATIENCE / 1000) == 0
    assert "Traceback" not in (folder / "log").read_text("utf-8")


@pytest.fixture(scope="session")
def open_chat(store, tmp_path_factory):
    """A server in this process around a real assistant over the five policies: its address and the assistant."""
    from zhice.retrieval.assistant import Assistant
    from zhice.settings import Settings
    from zhice.web.serve import serve

    assistant = Assistant.open(store)
    port = free_port()
    running = serve(assistant, port=port, settings=Settings(store=tmp_path_factory.mktemp("kept")), block=False)
    yield f"http://127.0.0.1:{port}", assistant
    running.close()


@pytest.fixture(scope="session")
def assistant(store):
    from zhice.retrieval.assistant import Assistant

    return Assistant.open(store)


@pytest.fixture
def serving():
    """Starts servers around the fake assistant, each with a store, and with an API key where one is given."""
    from zhice.settings import Settings
    from zhice.web.api.guard import Guard
    from zhice.web.api.keys import Keys, digest_of
    from zhice.web.serve import serve

    running = []

    def start(folder, *keys, assistant=None):
        port = free_port()
        guard = Guard(Keys(tuple(digest_of(key) for key in keys)))
        running.append(serve(assistant or FakeAssistant(), port=port, guard=guard, settings=Settings(store=folder), block=False))
        return f"http://127.0.0.1:{port}"

    yield start
    for one in running:
        one.close()


@pytest.fixture
def slow_chat(tmp_path, serving):
    """A server whose assistant answers what is 慢 only when it is released: its address and the assistant."""
    assistant = FakeAssistant()
    yield serving(tmp_path, assistant=assistant), assistant
    assistant.released.set()
