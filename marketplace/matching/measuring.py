"""Measure a set of weights in a process of its own, as the command does."""

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings

from marketplace.matching.models import Weights

SET = Path(__file__).parent / "data"
PATIENCE_SECONDS = 900


def measure(pk: int, *, at: datetime) -> None:
    """Store the figures beside the weights; a failure is stored as what went wrong."""
    weights = Weights.objects.get(pk=pk)
    mix = json.dumps(asdict(weights.mix))
    run = subprocess.run(  # noqa: S603  (our own command)
        [sys.executable, "manage.py", "evaluate_matching", str(SET), "--json", "--weights", mix],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    if run.returncode:
        Weights.objects.filter(pk=pk).update(figures={"error": run.stderr[-500:]}, measured_at=None)
    else:
        figures = json.loads(run.stdout)["full"]
        Weights.objects.filter(pk=pk).update(figures=figures, measured_at=at)
