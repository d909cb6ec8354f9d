"""The conventions of the house, as tests."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from profiles.mail.kinds import KINDS

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
ROOMS = ("marketplace", "challenges", "criteria", "profiles")

# Templates that are found by name: by Django (errors), by allauth, and those of the mails.
FOUND_BY_NAME = {"403.html", "404.html", "429.html", "500.html"}
FOUND_BY_NAME |= {f"{kind.template}.html" for kind in KINDS.values()}
FOUND_BY_LIBRARIES = ("account/", "admin/", "allauth/", "mfa/", "socialaccount/", "usersessions/")


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def sources() -> str:
    files = [*TEMPLATES.rglob("*.html")]
    files += [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_template_is_used():
    text = sources()
    names = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    own = {name for name in names if not name.startswith(FOUND_BY_LIBRARIES)} - FOUND_BY_NAME
    assert [name for name in sorted(own) if f'"{name}"' not in text] == []


def url_names(resolver: URLResolver, namespace: str = "") -> set[str]:
    names = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern) and entry.name:
            names.add(f"{namespace}{entry.name}")
        elif isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            names |= url_names(entry, inner)
    return names


def test_every_address_has_a_test():
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
    names = {name for name in url_names(get_resolver()) if not name.startswith("admin:")}
    assert [name for name in sorted(names) if f'"{name}"' not in tests] == []


def test_templates_hold_no_script_or_style_of_their_own():
    inline = re.compile(r"<script(?![^>]*\b(src|ld\+json))|<style|\sstyle=|\son\w+=|javascript:")
    guilty = [path for path in TEMPLATES.rglob("*.html") if inline.search(path.read_text())]
    assert guilty == []


def test_keys_and_sizes_are_written_without_separators():
    grouped = re.compile(r'\{\{ (\w+\.)*(pk|width|height) \}\}|value="\{\{ (\w+\.)*version \}\}')
    guilty = [path for path in TEMPLATES.rglob("*.html") if grouped.search(path.read_text())]
    assert guilty == []


def test_no_module_is_too_long_to_take_in():
    limit = 350
    modules = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    long = [path for path in modules if path.read_text().count("\n") > limit]
    assert [path for path in long if "migrations" not in path.parts] == []
