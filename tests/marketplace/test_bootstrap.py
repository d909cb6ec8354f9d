"""The setup, run as people run it, in small projects of its own and without a network."""

import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path

import pytest

from marketplace.bootstrap import frontend
from marketplace.bootstrap.environment import fingerprint
from marketplace.bootstrap.tools import explain

PROJECT = Path(__file__).parent.parent.parent
WITHOUT_NETWORK = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_RETRIES": "1",
    "npm_config_registry": "http://127.0.0.1:9/",
    "npm_config_fetch_retries": "0",
}
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"\n'


@pytest.fixture
def project(tmp_path):
    """Return a copy of what the setup needs, below a folder with blanks in its name."""
    project = tmp_path / "a new, clone"
    shutil.copytree(PROJECT / "marketplace" / "bootstrap", project / "marketplace" / "bootstrap")
    (project / "marketplace" / "__init__.py").touch()
    (project / "static" / "vendor").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(PROJECT / name, project)
    shutil.copytree(PROJECT / "requirements", project / "requirements")
    return project


@pytest.fixture
def environment(project):
    """Let the project have a finished environment: one that borrows our packages."""
    venv.create(project / ".venv", symlinks=True)
    packages = next((project / ".venv" / "lib").glob("python*/site-packages"))
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib"))
    stamp = fingerprint(project / "requirements" / "dev.lock")
    (project / ".venv" / "installed").write_text(stamp)


@pytest.fixture
def design_system(project, monkeypatch):
    if not (PROJECT / frontend.KERN).exists():
        pytest.skip("the design system has not been fetched")
    shutil.copytree(PROJECT / frontend.KERN, project / frontend.KERN)


def set_up(project, kind="run", prelude=""):
    start = (
        f"{prelude}; import runpy; runpy.run_module('marketplace.bootstrap', run_name='__main__')"
    )
    code = f"import sys; sys.argv[1:] = ['{kind}']; {start.lstrip('; ')}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env=environment | WITHOUT_NETWORK,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def test_an_old_python_is_told_so(project):
    run = set_up(project, prelude="sys.version_info = (3, 9, 1)")
    assert run.returncode == 1
    assert run.stdout.startswith("Python 3.11 or newer is needed, this is 3.9")


def test_a_python_without_venv_is_told_what_to_install(project):
    run = set_up(project, prelude="sys.modules['ensurepip'] = None")
    assert run.returncode == 1
    assert "apt-get install python3-venv" in run.stdout
    assert len(run.stdout.splitlines()) == 1


def test_an_interrupted_installation_is_made_anew_and_a_missing_network_is_said(project):
    (project / ".venv" / "bin").mkdir(parents=True)
    run = set_up(project)
    assert run.returncode == 1
    assert "anew, the last one is incomplete" in run.stdout
    assert "the package registry cannot be reached" in run.stdout.splitlines()[-1]
    assert "Traceback" not in run.stdout
    assert not (project / ".venv" / "installed").exists()


@pytest.mark.usefixtures("environment")
def test_the_design_system_needs_a_network_too(project):
    run = set_up(project)
    assert run.returncode == 1
    assert "the package registry cannot be reached" in run.stdout.splitlines()[-1]
    assert not (project / frontend.KERN).exists()


@pytest.mark.usefixtures("environment", "design_system")
@pytest.mark.parametrize("kind", ["run", "dev"])
def test_a_second_run_has_nothing_to_do(project, kind):
    begun = time.monotonic()
    run = set_up(project, kind)
    assert (run.returncode, run.stdout) == (0, "")
    assert time.monotonic() - begun < 2


@pytest.mark.usefixtures("environment", "design_system")
def test_translations_are_compiled_when_they_changed(project):
    source = project / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO)
    assert set_up(project).returncode == 0
    compiled = source.with_suffix(".mo")
    assert compiled.exists()
    os.utime(source, (1, 1))
    assert set_up(project).stdout == ""
    assert sorted(source.parent.iterdir()) == [compiled, source]


def test_every_face_of_the_style_sheet_is_there():
    fonts = PROJECT / frontend.KERN / "fonts"
    if not fonts.exists():
        pytest.skip("the design system has not been fetched")
    css = (fonts / "fira-sans.css").read_text()
    assert css.count("@font-face") == css.count("url(") == len(frontend.FACES)
    assert all((fonts / part.split('"')[0]).exists() for part in css.split('url("')[1:])


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "It failed: the disk is full."),
        ("npm error ENOTFOUND", "It failed: the package registry cannot be reached; look"),
        ("Collecting\nERROR: No matching distribution", "It failed: ERROR: No matching"),
        ("", "It failed: it does not say why"),
    ],
)
def test_complaints_become_sentences(output, sentence):
    assert str(explain("It", output)).startswith(sentence)


def test_no_lock_file_names_a_host():
    for path in [*PROJECT.glob("requirements/*.lock"), *map(PROJECT.joinpath, frontend.MANIFEST)]:
        assert "://" not in path.read_text()
