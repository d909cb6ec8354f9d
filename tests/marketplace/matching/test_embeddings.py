"""A small server that speaks the API of OpenAI, and what goes wrong with such."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from marketplace.matching import embeddings, vectors
from marketplace.matching.embeddings import DIMENSIONS, UnavailableError


class Handler(BaseHTTPRequestHandler):
    asked: list[dict] = []
    dimensions = DIMENSIONS

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body | {"path": self.path, "key": self.headers["Authorization"]})
        rows = [
            {"index": at, "embedding": [float(at + 1)] + [0.0] * (self.dimensions - 1)}
            for at in range(len(body["input"]))
        ]
        answer = json.dumps({"data": rows[::-1]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(settings) -> Iterator[type[Handler]]:
    handler = type("Own", (Handler,), {"asked": []})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.EMBEDDINGS_URL = f"http://127.0.0.1:{server.server_port}"
        settings.EMBEDDINGS_KEY = "schluessel"
        yield handler
        server.shutdown()
        thread.join()


def test_texts_go_to_the_server_in_batches_and_come_back_in_order(server):
    rows = embeddings.embed([f"Text {number}" for number in range(33)])
    assert rows.shape == (33, DIMENSIONS)
    assert np.allclose(rows[:, 0], 1)
    assert [len(body["input"]) for body in server.asked] == [32, 1]
    assert server.asked[0]["input"][0] == "query: Text 0"
    assert server.asked[0]["path"] == "/v1/embeddings"
    assert server.asked[0]["key"] == "Bearer schluessel"


def test_a_topic_is_the_middle_of_its_lines(server):
    rows = vectors.embedded_topics(["Beleuchtung\nEs ist dunkel", "Parken"])
    lines = ["Beleuchtung", "Es ist dunkel", "Parken"]
    assert server.asked[0]["input"] == [f"query: {line}" for line in lines]
    assert rows.shape == (2, DIMENSIONS)
    assert vectors.embedded_topics([]).shape == (0, DIMENSIONS)


def test_vectors_of_another_length_are_refused(server):
    server.dimensions = 3
    with pytest.raises(UnavailableError, match="384"):
        embeddings.embed(["Text"])


def test_a_server_that_is_away_is_no_crash(settings):
    settings.EMBEDDINGS_URL = "http://127.0.0.1:9"
    with pytest.raises(UnavailableError):
        embeddings.embed(["Text"])
