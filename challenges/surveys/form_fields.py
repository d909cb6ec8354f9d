"""A form field for each kind of question; all take an empty answer, since drafts may have gaps.

What must be there is asked for when the response is submitted (`Response.missing`).
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from challenges.needs.models import Need
from challenges.surveys.models import Wording

PRIORITIES = {
    1: _("nicht wichtig"),
    2: _("weniger wichtig"),
    3: _("teils, teils"),
    4: _("wichtig"),
    5: _("sehr wichtig"),
}


def labelled(wording: Wording) -> list[tuple[str, str]]:
    """Return id and label of each option, in the active language."""
    is_english = (get_language() or "").startswith("en")
    return [
        (row["id"], (is_english and row.get("label_en")) or row["label_de"])
        for row in wording.options
    ]


class Rows(forms.MultiWidget):
    """A widget for each option, by whose id it is named."""

    def __init__(self, widgets: dict[str, forms.Widget], read: Callable[[Any], list[Any]]) -> None:
        super().__init__({**widgets})
        self.read = read

    def decompress(self, value: Any) -> list[Any]:
        return self.read(value)


class PriorityField(forms.MultiValueField):
    """{id of an option: 1…5}, without those that were left out."""

    def __init__(self, wording: Wording) -> None:
        self.options = labelled(wording)
        ids = [key for key, _ in self.options]
        fields = [
            forms.TypedChoiceField(
                choices=list(PRIORITIES.items()),
                coerce=int,
                empty_value=None,
                required=False,
                label=label,
            )
            for _, label in self.options
        ]
        radios: dict[str, forms.Widget] = {
            key: forms.RadioSelect(choices=list(PRIORITIES.items())) for key in ids
        }
        widget = Rows(radios, lambda value: [(value or {}).get(key) for key in ids])
        super().__init__(fields, widget=widget, required=False, require_all_fields=False)

    def compress(self, values: Sequence[int | None]) -> dict[str, int]:
        return {
            key: value
            for (key, _), value in zip(self.options, values, strict=False)
            if value is not None
        }


class RankingField(forms.MultiValueField):
    """Ids of options, best first; no more than the question has ranks."""

    def __init__(self, wording: Wording) -> None:
        self.ranks = range(1, wording.limits.get("ranks", len(wording.options)) + 1)
        choices = [("", _("bitte wählen")), *labelled(wording)]
        fields = [forms.ChoiceField(choices=choices, required=False) for _ in self.ranks]
        selects: dict[str, forms.Widget] = {
            str(rank): forms.Select(choices=choices) for rank in self.ranks
        }
        widget = Rows(selects, self.filled_up)
        super().__init__(fields, widget=widget, required=False, require_all_fields=False)

    def filled_up(self, value: list[str] | None) -> list[str]:
        chosen = value or []
        return [*chosen, *[""] * (len(self.ranks) - len(chosen))]

    def compress(self, values: Sequence[str]) -> list[str]:
        chosen = [value for value in values if value]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(gettext("Bitte wählen Sie jedes Thema nur einmal."))
        if list(values[: len(chosen)]) != chosen:
            raise forms.ValidationError(gettext("Bitte lassen Sie keinen Rang dazwischen frei."))
        return chosen


class NeedField(forms.MultiValueField):
    """{"text", "visibility", "is_named"}: nothing is released that was not ticked here."""

    def __init__(self, wording: Wording) -> None:
        fields = [
            forms.CharField(max_length=wording.limits.get("max_chars", 2000), required=False),
            forms.ChoiceField(choices=Need.Visibility, required=False),
            forms.BooleanField(required=False),
        ]
        widget = Rows(
            {
                "text": forms.Textarea(attrs={"rows": 6}),
                "visibility": forms.RadioSelect(choices=Need.Visibility.choices),
                "is_named": forms.CheckboxInput(),
            },
            self.read,
        )
        super().__init__(fields, widget=widget, required=False, require_all_fields=False)

    @staticmethod
    def read(value: dict[str, Any] | None) -> list[Any]:
        given = value or {}
        visibility = given.get("visibility", Need.Visibility.PRIVATE)
        return [given.get("text", ""), visibility, given.get("is_named", False)]

    def compress(self, values: Sequence[Any]) -> dict[str, Any] | None:
        text, visibility, is_named = values or ("", "", False)
        if not text:
            return None
        return {
            "text": text,
            "visibility": visibility or Need.Visibility.PRIVATE.value,
            "is_named": bool(is_named),
        }


class NumberField(forms.DecimalField):
    """A whole number stays whole, so that exports do not show 3.0."""

    def __init__(self, wording: Wording) -> None:
        limits = wording.limits
        super().__init__(
            min_value=limits.get("min"),
            max_value=limits.get("max"),
            max_digits=14,
            decimal_places=2,
            localize=True,
            required=False,
        )

    def clean(self, value: Any) -> int | float | None:
        number: Decimal | None = super().clean(value)
        if number is None:
            return None
        return int(number) if number == number.to_integral_value() else float(number)


def _one_of(wording: Wording) -> forms.Field:
    return forms.ChoiceField(choices=labelled(wording), widget=forms.RadioSelect, required=False)


def _several_of(wording: Wording) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=labelled(wording), widget=forms.CheckboxSelectMultiple, required=False
    )


def _text(wording: Wording) -> forms.Field:
    limit = wording.limits.get("max_chars", 2000)
    return forms.CharField(
        max_length=limit, widget=forms.Textarea(attrs={"rows": 5}), required=False
    )


def _consent(wording: Wording) -> forms.Field:
    return forms.BooleanField(required=False)


FIELDS: dict[str, Callable[[Wording], forms.Field]] = {
    Wording.Kind.SINGLE_CHOICE: _one_of,
    Wording.Kind.MULTIPLE_CHOICE: _several_of,
    Wording.Kind.PRIORITY_MATRIX: PriorityField,
    Wording.Kind.RANKING: RankingField,
    Wording.Kind.NUMBER: NumberField,
    Wording.Kind.FREE_TEXT: _text,
    Wording.Kind.NEED: NeedField,
    Wording.Kind.CONTACT_CONSENT: _consent,
}


def field_of(wording: Wording) -> forms.Field:
    """Return the field for the question as it is worded now, with its text as the label."""
    field = FIELDS[wording.kind](wording)
    field.label, field.help_text = wording.text, wording.help
    return field
