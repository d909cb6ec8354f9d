"""Two people write the same need: what each of them changed, field by field."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from challenges.needs.forms import NeedForm
from challenges.needs.models import Need

Values = list[str]


class Clash(NamedTuple):
    """A field that both have changed, each in another way."""

    field: BoundField
    theirs: list[str]
    mine: list[str]


class Merge:
    """What a person sent for an earlier version, brought together with the one in force.

    What only the others changed is taken over; where both did, the person's own entry stays in
    the form, the other one beside it. Nothing is saved.
    """

    def __init__(self, sent: QueryDict, need: Need) -> None:
        seen = need.history.filter(version=_version(sent)).first()
        base = _values_of_record(seen) if seen else {}
        current = NeedForm(instance=need)
        data = sent.copy()
        self.clashes, self.taken = [], []
        for name in NeedForm.Meta.fields:
            mine, theirs = _sent(sent, name), _shown(current[name])
            if mine == theirs or base.get(name) == theirs:
                continue
            if base.get(name) == mine:
                data.setlist(name, theirs)
                self.taken.append(str(current[name].label))
            else:
                field = current[name]
                self.clashes.append(Clash(field, _words(field, theirs), _words(field, mine)))
        data["version"] = str(need.version)
        self.form = NeedForm(data, instance=need)


def _version(sent: QueryDict) -> int:
    """What the page was made for; 0 if it does not say."""
    try:
        return int(NeedForm.base_fields["version"].clean(sent.get("version")))
    except ValidationError:
        return 0


def _sent(data: QueryDict, name: str) -> Values:
    return _tidy(data.getlist(name))


def _shown(field: BoundField) -> Values:
    """What the form would send back untouched."""
    return _as_values(field.field.prepare_value(field.initial))


def _values_of_record(record: Any) -> dict[str, Values]:
    """The same of an earlier version, from the history."""
    many = {
        "topics": "topic_id",
        "standards": "standard_id",
        "wished_standards": "standard_id",
    }
    values = {}
    for name in NeedForm.Meta.fields:
        if key := many.get(name):
            values[name] = _as_values([getattr(row, key) for row in getattr(record, name).all()])
        else:
            found = record.owner_id if name == "owner" else getattr(record, name)
            values[name] = _as_values(found)
    return values


def _as_values(value: Any) -> Values:
    if isinstance(value, list | tuple):
        return _tidy([str(getattr(each, "pk", each)) for each in value])
    if isinstance(value, bool):
        return ["on"] if value else []
    return _tidy([] if value is None else [str(value)])


def _tidy(values: list[str]) -> Values:
    kept = (value.replace("\r\n", "\n").strip() for value in values)
    return sorted(value for value in kept if value)


def _words(field: BoundField, values: Values) -> list[str]:
    """The values as a person reads them."""
    if field.name == "is_named":
        return ["✓" if values else "–"]
    choices = getattr(field.field, "choices", ())
    names = {str(getattr(key, "value", key)): str(label) for key, label in choices}
    return [names.get(value, value) for value in values] or ["–"]
