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
from marketplace.matching.weights import Mix

SETS = Path(__file__).parent / "data"
PATIENCE_SECONDS = 900


def measure(pk: int, *, at: datetime) -> None:
    """Store the figures beside the weights; a failure is stored as what went wrong.

    When they were measured last, a failure leaves: those in force have always been measured.
    """
    weights = Weights.objects.filter(pk=pk)
    try:
        weights.update(figures=_figures(weights.get().mix), measured_at=at)
    except subprocess.CalledProcessError as problem:
        weights.update(figures={"error": (problem.stderr or str(problem))[-500:]})
    except subprocess.TimeoutExpired as problem:
        weights.update(figures={"error": str(problem)[-500:]})


def _figures(mix: Mix) -> dict[str, float]:
    figures: dict[str, float] = {}
    for folder in sorted(path for path in SETS.iterdir() if path.is_dir()):
        full = json.loads(_evaluated(folder, json.dumps(asdict(mix))))["full"]
        figures |= {f"{folder.name} {name}": value for name, value in full.items()}
    return figures | rejected(mix)


def _evaluated(folder: Path, mix: str) -> str:
    run = subprocess.run(  # noqa: S603  (our own command)
        [sys.executable, "manage.py", "evaluate_matching", folder, "--json", "--weights", mix],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=True,
    )
    return run.stdout
