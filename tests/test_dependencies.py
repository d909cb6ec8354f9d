"""docs/dependencies.md says of each direct dependency why it is here."""

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
LINE = re.compile(r"^- `(\S+)` — \S.*; (\S.*)$", re.MULTILINE)


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    python = [re.match(r"[\w.-]+", requirement)[0] for requirement in wanted]
    return python + list(json.loads((ROOT / "package.json").read_text())["dependencies"])


def test_each_dependency_has_one_line_and_no_line_is_left_over():
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    lines = [match[0] for match in LINE.findall(text)]
    assert sorted(lines) == sorted(declared())
    assert len(lines) == text.count("\n- ")
