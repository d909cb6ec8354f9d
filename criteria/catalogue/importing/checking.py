"""Whether entries fit together and into the database."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from criteria.catalogue.criteria import Criterion
from criteria.catalogue.importing.entries import FIELDS, TERM_FIELDS, Entry
from criteria.catalogue.importing.problems import Problem

LINKS = {*TERM_FIELDS, "scaling_driver", "related"}


def problems_of(entries: Iterable[Entry]) -> list[Problem]:
    rows = list(entries)
    if not rows:
        return [Problem(_("Die Datei enthält kein Kriterium."))]
    found = [problem for entry in rows for problem in _own_problems(entry)]
    found += _twice("number", (str(entry.number) for entry in rows))
    found += _twice("key", (entry.key for entry in rows))
    return found + list(_dangling(rows))


@cache
def _columns() -> list[str]:
    return [name for name in FIELDS if name not in LINKS]


def _own_problems(entry: Entry) -> Iterator[Problem]:
    values = {name: getattr(entry, name) for name in _columns()}
    plain = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
    try:
        Criterion(**plain).clean_fields(exclude={"catalogue", "scaling_driver"})
    except ValidationError as error:
        for column, messages in error.message_dict.items():
            yield Problem(" ".join(messages), row=entry.number, column=column)


def _twice(column: str, values: Iterable[str]) -> list[Problem]:
    counted = Counter(values)
    return [
        Problem(_("„%(value)s“ kommt mehrmals vor.") % {"value": value}, column=column)
        for value, count in counted.items()
        if count > 1
    ]


def _dangling(rows: list[Entry]) -> Iterator[Problem]:
    """Yield relations to criteria that the file does not hold."""
    keys = {entry.key for entry in rows}
    for entry in rows:
        for key in entry.related:
            if key not in keys:
                text = _("Dieses verwandte Kriterium fehlt in der Datei.")
                yield Problem(text, row=entry.number, column="related", leftover=key)
