"""The image, docker-compose.yml and the documents that explain them agree with the settings."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def read_by_settings() -> set[str]:
    text = text_of("marketplace/settings.py")
    return set(re.findall(r'\b(?:environ\.get|flag)\("(\w+)"', text))


def read_by_compose() -> set[str]:
    return set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE))


def test_settings_read_variables_in_no_other_way_than_this_test_knows():
    text = text_of("marketplace/settings.py")
    assert re.findall(r"environ\b(?!\.get\((?:\"|name, )).*|getenv.*", text) == []


def test_the_example_lists_every_variable_that_is_read_and_no_other():
    listed = re.findall(r"^#?([A-Z_]+)=", text_of(".env.example"), re.MULTILINE)
    assert sorted(listed) == sorted(read_by_settings() | read_by_compose())


def test_the_example_explains_every_variable():
    assignment = r"#?[A-Z_]+=.*"
    paragraphs = text_of(".env.example").strip().split("\n\n")
    variables = [p for p in paragraphs if re.search(rf"^{assignment}$", p, re.MULTILINE)]
    assert [p for p in variables if not re.fullmatch(rf"(# .+\n)+{assignment}", p)] == []


def test_operation_explains_every_variable_and_no_other():
    text = text_of("docs/operation.md")
    rows = re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE)
    assert sorted(rows) == sorted(read_by_settings())
    assert all(f"`{name}`" in text for name in read_by_compose())


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_with_no_more_rights_than_it_needs(name):
    service = SERVICES[name]
    assert service["user"].split(":")[0] not in {"", "0", "root"}
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_that_stays_has_a_health_check(name):
    service = SERVICES[name]
    if service["restart"] == "no":
        assert service["healthcheck"] == {"disable": True}
    elif name == "web":
        assert "\nHEALTHCHECK " in DOCKERFILE
        assert "healthcheck" not in service
    else:
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_waits_only_for_what_can_happen(name):
    for other, entry in SERVICES[name].get("depends_on", {}).items():
        once = SERVICES[other]["restart"] == "no"
        expected = "service_completed_successfully" if once else "service_healthy"
        assert entry["condition"] == expected


def test_volumes_are_declared():
    used = {v.split(":")[0] for service in SERVICES.values() for v in service.get("volumes", [])}
    assert used == set(yaml.safe_load(COMPOSE)["volumes"])


def test_the_image_runs_as_an_ordinary_account():
    last_stage = DOCKERFILE.split("\nFROM ")[-1]
    users = re.findall(r"^USER (\S+)$", last_stage, re.MULTILINE)
    assert users == [SERVICES["web"]["user"]]


def test_no_secret_stays_in_the_image():
    assert not re.search(r"^(ENV|ARG)\b[^\n]*(SECRET|PASSWORD)", DOCKERFILE, re.MULTILINE)


def test_the_image_finds_its_commands():
    json_forms = re.findall(r"CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    commands = [json.loads(form) for form in json_forms]
    assert [command[0] for command in commands] == ["python", "gunicorn"]
    compile(commands[0][2], "HEALTHCHECK", "exec")


def test_everything_that_is_copied_into_the_image_may_be():
    wanted = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    allowed = set(re.findall(r"^!(\S+)$", text_of(".dockerignore"), re.MULTILINE))
    for path in " ".join(wanted).split():
        assert path == "." or path.split("/")[0] in allowed


def test_every_room_is_copied_into_the_image():
    linter = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]
    allowed = set(re.findall(r"^!(\S+)$", text_of(".dockerignore"), re.MULTILINE))
    assert set(linter["root_packages"]) <= allowed
