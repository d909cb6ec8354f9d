"""Translated texts, compiled to the form that Django reads."""

from pathlib import Path

from marketplace.bootstrap.environment import PYTHON
from marketplace.bootstrap.tools import run, say


def compile_translations() -> None:
    """Compile what was edited since the last time."""
    for source in sorted(Path("locale").glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            say(f"Compiling {source} …")
            draft = source.with_suffix(".mo.new")  # renamed when complete
            babel = [str(PYTHON), "-m", "babel.messages.frontend", "compile"]
            run([*babel, "-i", str(source), "-o", str(draft)], what=f"Compiling {source}")
            draft.replace(target)
