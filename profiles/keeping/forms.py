"""The pages on which a solution is written, and the profile of its provider.

A draft takes what is there so far; `strict` asks for all that a solution must have. Both go
through the same forms, so that there is one rule for what a field may say.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.keeping.models import Data
from profiles.models import (
    Hosting,
    Licence,
    OperatorModel,
    Provider,
    Solution,
    State,
    TechnologyTag,
    Topic,
)


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes to tick, as a group that an address can name."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, index) if index else id_


class ManyField(forms.MultipleChoiceField):
    widget = Boxes


class KeysField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows of reference data, each named by its key."""

    widget = Boxes


class TopicsField(KeysField):
    """Topics below the field of action that they belong to."""

    class Iterator(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[Any]:
            rows = list(self.queryset)
            for upper in (row for row in rows if row.parent_id is None):
                below = [row for row in rows if row.parent_id == upper.pk]
                yield upper.name, [self.choice(row) for row in [upper, *below]]

    iterator = Iterator

    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, Topic)  # noqa: S101  (tells the type checker)
        return obj.name if obj.parent_id else gettext("%(topic)s insgesamt") % {"topic": obj.name}


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    """Some fields of a solution."""

    def __init__(self, *args: Any, strict: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.strict = strict
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 5

    def full_clean(self) -> None:
        """Let a draft have gaps, though its pages show which answers are not optional."""
        asked = [field for field in self.fields.values() if field.required]
        for field in asked:
            field.required = self.strict
        super().full_clean()
        for field in asked:
            field.required = True

    def values(self) -> Data:
        """Return what was entered, as a draft keeps it."""
        return {name: _plain(self.fields[name], self.cleaned_data[name]) for name in self.fields}


def _plain(field: forms.Field, value: Any) -> Any:
    if isinstance(field, KeysField):
        return sorted(str(getattr(row, field.to_field_name or "pk")) for row in value)
    return value


class BasicsForm(StepForm):
    class Meta:
        model = Solution
        fields = ("title", "tagline", "summary", "offering_type", "phase")
        help_texts: ClassVar = {
            "tagline": _("Steht in der Liste unter dem Titel."),
            "summary": _("Drei bis fünf Sätze reichen. Wer nutzt sie wofür, und was ist neu?"),
            "phase": _("Wie weit sie ist. Auch eine Idee ist willkommen und wird so gezeigt."),
        }


class BenefitForm(StepForm):
    topics = TopicsField(
        Topic.objects.all(),
        to_field_name="key",
        label=_("Themen"),
        help_text=_("Daran finden Kommunen Ihre Lösung. Wenige treffende sind besser als viele."),
    )

    class Meta:
        model = Solution
        fields = ("benefit", "topics", "languages")
        help_texts: ClassVar = {
            "benefit": _("Was wird für Bürger:innen einfacher, schneller oder besser?")
        }

    languages = ManyField(
        label=_("Sprachen der Oberfläche"), choices=Solution.Language.choices, required=False
    )


class TechnologyForm(StepForm):
    repository_url = forms.URLField(
        label=_("Quelltext"),
        help_text=_("Wo der Quelltext liegt; nur bei Open Source."),
        required=False,
        assume_scheme="https",
    )
    hosting = ManyField(label=_("Betrieb"), choices=Hosting.choices)
    operator_models = ManyField(
        label=_("Betreibermodelle"), choices=OperatorModel.choices, required=False
    )
    technology_tags = KeysField(
        TechnologyTag.objects.all(), to_field_name="key", label=_("Technik"), required=False
    )

    class Meta:
        model = Solution
        fields = (
            "licence",
            "spdx_licence",
            "repository_url",
            "hosting",
            "operator_models",
            "technology_tags",
            "data_processing",
            "interfaces",
        )
        help_texts: ClassVar = {
            "data_processing": _("Welche Daten, an welchem Ort, durch wen?"),
            "interfaces": _("Woran lässt sie sich anschließen?"),
        }

    def clean(self) -> dict[str, Any]:
        """Say beside the field what the constraint would say of the row."""
        data = super().clean() or self.cleaned_data
        if data.get("licence") != Licence.OPEN_SOURCE:
            for name in ("spdx_licence", "repository_url"):
                if data.get(name):
                    self.add_error(name, gettext("Das gibt es nur bei Open Source."))
        return data


class PriceForm(StepForm):
    regions = KeysField(
        State.objects.all(),
        to_field_name="code",
        label=_("Bundesländer"),
        help_text=_("Leer bedeutet: bundesweit."),
        required=False,
    )

    class Meta:
        model = Solution
        fields = (
            "price_model",
            "price_from_eur",
            "regions",
            "min_population",
            "max_population",
            "seeks_pilot",
            "pilot_offer",
        )
        help_texts: ClassVar = {
            "min_population": _("Leer bedeutet: jede Größe."),
            "pilot_offer": _("Was bekommt die Kommune, und was erwarten Sie von ihr?"),
        }

    def clean(self) -> dict[str, Any]:
        """Say beside the field what the constraints would say of the row."""
        data = super().clean() or self.cleaned_data
        low, high = data.get("min_population"), data.get("max_population")
        if low is not None and high is not None and high < low:
            self.add_error("max_population", gettext("Die obere Grenze liegt unter der unteren."))
        if data.get("price_model") == Solution.PriceModel.FREE and data.get("price_from_eur"):
            message = gettext("Was kostenfrei ist, hat keinen Preis. Bitte ändern Sie eines davon.")
            self.add_error("price_from_eur", message)
        if data.get("pilot_offer") and not data.get("seeks_pilot"):
            message = gettext("Ein Angebot gibt es nur, wenn Sie eine Pilotkommune suchen.")
            self.add_error("pilot_offer", message)
        return data


class ProviderForm(forms.ModelForm):  # type: ignore[type-arg]
    """The profile of a provider; carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Provider
        fields = (
            "kind",
            "tagline",
            "description",
            "city",
            "state",
            "founded",
            "employees_range",
            "contact_email",
        )
        help_texts: ClassVar = {
            "contact_email": _("Sie steht auf Ihrer öffentlichen Seite."),
        }
