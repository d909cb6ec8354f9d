"""YAML from strangers: plain values only, small, and without the tricks of the language."""

from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from yaml.events import AliasEvent, MappingStartEvent, SequenceStartEvent

MOST_CHARACTERS = 200_000
DEEPEST = 20
OPENING = (MappingStartEvent, SequenceStartEvent)


class UnreadableError(ValidationError):
    """What was sent is not a publiccode.yml, with the reason for whoever sent it."""


class _Loader(yaml.SafeLoader):
    """Leaves dates, numbers and yes or no as they are written: all that we take is text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> dict[str, Any]:
    """Return the mapping that the text is; raises UnreadableError."""
    if len(text) > MOST_CHARACTERS:
        raise UnreadableError(gettext("Der Text ist zu lang für eine publiccode.yml."))
    try:
        _check_events(text)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  (a SafeLoader, only stricter)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableError(gettext("Das ist kein gültiges YAML (Zeile %s).") % line) from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise UnreadableError(gettext("Das ist kein gültiges YAML.")) from error
    if not isinstance(data, dict) or not data:
        raise UnreadableError(
            gettext("Das ist keine publiccode.yml: Es fehlen Angaben der Form „name: …“.")
        )
    return {str(key): value for key, value in data.items()}


def _check_events(text: str) -> None:
    """Refuse aliases and tags, by which a short text becomes a huge or a foreign one."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, AliasEvent) or getattr(event, "tag", None):
            raise UnreadableError(
                gettext("Verweise (*) und Typangaben (!) nehmen wir in YAML nicht an.")
            )
        depth += isinstance(event, OPENING)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnreadableError(gettext("Die Angaben sind zu tief verschachtelt."))
