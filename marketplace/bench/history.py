"""The runs so far, one a line, in a file beside the data."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from marketplace.bench.measures import Timing


def keep(file: Path, size: int, timings: Sequence[Timing], *, at: datetime) -> None:
    run = {
        "at": at.isoformat(timespec="seconds"),
        "size": size,
        "cpu ms": {timing.name: round(timing.cpu, 2) for timing in timings},
        "ms": {timing.name: [round(timing.p50, 2), round(timing.p95, 2)] for timing in timings},
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(run, ensure_ascii=False) + "\n")


def last(file: Path, size: int) -> dict[str, float]:
    """Return the p50 of each measure in the last run of that size; nothing before the first."""
    found: dict[str, float] = {}
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            run = json.loads(line)
            if run["size"] == size:
                found = {name: p50 for name, (p50, _) in run["ms"].items()}
    return found
