"""Measure a set of weights on each relevance set, in a process of its own, as the command does.

What municipalities have rejected is counted beside it, from the matches of this market.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings

from marketplace.matching.models import Weights
from marketplace.matching.rejected import rejected

SETS = Path(__file__).parent / "data"
PATIENCE_SECONDS = 900


def measure(pk: int, *, at: datetime) -> None:
    """Store the figures beside the weights; a failure is stored as what went wrong."""
    weights = Weights.objects.get(pk=pk)
    mix = json.dumps(asdict(weights.mix))
    figures: dict[str, float] = {}
    for folder in sorted(path for path in SETS.iterdir() if path.is_dir()):
        run = _evaluated(folder, mix)
        if run.returncode:
            error = {"error": run.stderr[-500:]}
            Weights.objects.filter(pk=pk).update(figures=error, measured_at=None)
            return
        full = json.loads(run.stdout)["full"]
        figures |= {f"{folder.name} {name}": value for name, value in full.items()}
    figures |= rejected(weights.mix)
    Weights.objects.filter(pk=pk).update(figures=figures, measured_at=at)


def _evaluated(folder: Path, mix: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (our own command)
        [sys.executable, "manage.py", "evaluate_matching", folder, "--json", "--weights", mix],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
