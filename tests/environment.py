"""The environment of the tests, set before Django reads it (a pytest plugin, see pyproject.toml).

The tests run on embedded servers of their own, beside those of the demo.
"""

import atexit
import os
from pathlib import Path

from xdist.scheduler import LoadFileScheduling

from marketplace.embedded import ensure, stop, valkey

DATA = Path(os.environ.get("TEST_DATA", Path(__file__).parent.parent / ".data" / "test"))

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))

os.environ.update(
    MARKETPLACE_DATA=str(DATA),
    CACHE_URL=f"unix://{valkey.socket(DATA)}?db={2 + WORKER}",  # each may empty its own
    HTTPS="false",
    DEMO="true",
    OMP_NUM_THREADS="1",
    DJANGO_ALLOW_ASYNC_UNSAFE="true",  # the browser's event loop runs beside the ORM
    SECRET_KEY="for tests only, never in earnest: 0123456789 0123456789",
)
for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_HOST"):
    os.environ.pop(name, None)


def pytest_configure(config) -> None:
    if hasattr(config, "workerinput"):
        return
    (DATA / "static").mkdir(parents=True, exist_ok=True)  # where collectstatic would write
    started = ensure(DATA)
    if started:
        atexit.register(stop, DATA, started)


class StoriesTogether(LoadFileScheduling):
    """A file runs in one process, and all stories in one: they share a market and a server."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "stories" if file.endswith("_story.py") else file


def pytest_xdist_make_scheduler(config, log) -> StoriesTogether:
    return StoriesTogether(config, log)
