"""Every German text has an English one, and it fits."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po
from django import forms
from django.utils import translation

ROOT = Path(__file__).parent.parent
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# As libraries write in German: "Gib …", "Stelle sicher …", "dein".
INFORMAL = re.compile(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|Gib|Wähle|Lade|Stelle|Prüfe|Verwende)\b")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


@pytest.fixture(scope="module")
def texts() -> Catalog:
    catalog = Catalog()
    for mapping in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"][
        "mappings"
    ]:
        patterns = mapping["pattern"]
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            folder, _, name = pattern.partition("/**")
            for path in sorted((ROOT / folder).rglob(f"*{name}")):
                for line, text, _, context in extract_from_file(mapping["method"], path, KEYWORDS):
                    catalog.add(text, locations=[(path.name, line)], context=context)
    return catalog


@pytest.fixture(scope="module")
def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def written(message: Message | None) -> list[str]:
    if message is None or message.fuzzy:
        return []
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return [text for text in strings if text]


def test_forms_address_people_formally():
    fields = [cls for cls in vars(forms).values() if isinstance(cls, type)]
    with translation.override("de"):
        texts = [
            str(text)
            for cls in fields
            for text in getattr(cls, "default_error_messages", {}).values()
        ]
    assert any("Bitte" in text for text in texts)
    assert [text for text in texts if INFORMAL.search(text)] == []


def test_texts_are_found(texts):
    assert len(texts) > 100


def test_every_text_is_translated(texts, english):
    missing = [
        f"{message.locations[0]}: {message.id}"
        for message in texts
        if message.id and not written(english.get(message.id, message.context))
    ]
    assert missing == []


def test_no_translation_is_left_over(texts, english):
    left = [m.id for m in english if m.id and texts.get(m.id, m.context) is None]
    assert left == []


def test_placeholders_agree(english):
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)s|\{\w*\}", text))

    wrong = []
    for message in english:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        known = set().union(*map(placeholders, ids))
        wrong += [text for text in written(message) if placeholders(text) - known]
    assert wrong == []
