"""The environment of the tests, set before Django reads it (a pytest plugin, see pyproject.toml).

The tests run on embedded servers of their own, beside those of the demo.
"""

import atexit
import gc
import os
import sys
from pathlib import Path

from xdist.scheduler import LoadFileScheduling

from marketplace.embedded import ensure, postgres, stop, valkey

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
# Without bytecode, every process that tests start would compile the whole project anew.
for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_HOST", "PYTHONDONTWRITEBYTECODE"):
    os.environ.pop(name, None)
sys.dont_write_bytecode = False
gc.disable()  # until the tests are collected
postgres.SETTINGS |= {"fsync": "off", "full_page_writes": "off"}  # nothing here has to last

BROWSER = "tests/e2e/"
LONGEST = (BROWSER, "tests/test_who_may.py")


def pytest_configure(config) -> None:
    if hasattr(config, "workerinput"):
        return
    (DATA / "static").mkdir(parents=True, exist_ok=True)  # where collectstatic would write
    started = ensure(DATA)
    if started:
        atexit.register(stop, DATA, started)


def pytest_collection_modifyitems(items) -> None:
    """Begin with what takes longest, so that the processes end together."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish(session) -> None:
    """Never look for garbage among what is there to stay: that took a tenth."""
    gc.freeze()
    gc.enable()


class FilesTogether(LoadFileScheduling):
    """A file runs in one process, and all with a browser in one: they share a market."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid.split("::")[0]


def pytest_xdist_make_scheduler(config, log) -> FilesTogether:
    config.option.loadscopereorder = False  # it would begin with the files of the most tests
    return FilesTogether(config, log)
