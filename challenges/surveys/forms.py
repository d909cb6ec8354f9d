"""What people of an agency type in while they build a survey and choose whom to ask."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.surveys.building import LIBRARY
from challenges.surveys.models import MailText, NeedsSurvey, Respondent, Section, Wording
from challenges.surveys.texts import NEED_LINK, unknown_words
from profiles.models import Organisation, SizeClass, State
from profiles.models.organisations import OrganisationQuerySet
from profiles.models.people import AnyUser

OVERTAKEN = _(
    "Jemand anderes hat inzwischen gespeichert, und nichts ist überschrieben. Ihre Eingaben "
    "stehen noch hier. Speichern Sie erneut, wenn sie gelten sollen. Gespeichert ist jetzt: %(now)s"
)


def proven() -> list[tuple[str, str]]:
    """Return key and text of each question of the library, in the active language."""
    texts = ("text_de", "text_en")
    return [(row["key"], Wording(**{name: row[name] for name in texts}).text) for row in LIBRARY]


class NewSurveyForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Wer fragt?"), queryset=Organisation.objects.none(), empty_label=None
    )
    title_de = forms.CharField(label=_("Titel"), max_length=200)
    copy_of = forms.ModelChoiceField(
        label=_("Fragen übernehmen aus"),
        queryset=NeedsSurvey.objects.none(),
        required=False,
        empty_label=_("keiner früheren Abfrage"),
    )
    library = forms.MultipleChoiceField(
        label=_("Bewährte Fragen"),
        help_text=_("Sie können alle später ändern und herausnehmen."),
        choices=proven,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, user: AnyUser, organisations: OrganisationQuerySet, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        earlier = NeedsSurvey.objects.editable_by(user).newest_first()
        self.fields["copy_of"].queryset = earlier  # type: ignore[attr-defined]


class LibraryForm(forms.Form):
    library = forms.MultipleChoiceField(
        label=_("Bewährte Fragen"),
        choices=proven,
        widget=forms.CheckboxSelectMultiple,
    )


class SurveyForm(forms.ModelForm):  # type: ignore[type-arg]
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = NeedsSurvey
        fields = [
            "title_de",
            "title_en",
            "introduction_de",
            "introduction_en",
            "closes_at",
            "next_steps",
            "reminder_after_days",
            "reminder_every_days",
            "reminder_limit",
        ]
        widgets = {
            "closes_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }
        help_texts = {
            "reminder_after_days": _("Gezählt ab der Einladung; erinnert wird nur, wer schweigt."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = self.instance.version
        self.initial["seen"] = self.version

    def clean_closes_at(self) -> Any:
        closes_at = self.cleaned_data["closes_at"]
        if self.instance.opened_at and (not closes_at or closes_at <= self.instance.opened_at):
            raise forms.ValidationError(gettext("Bitte nennen Sie einen Tag in der Zukunft."))
        return closes_at

    def keep(self) -> bool:
        """Say whether it was still the version that the page showed."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields or []}
        stored = NeedsSurvey.objects.get(pk=self.instance.pk)
        return stored.change(seen=self.cleaned_data["seen"], **values)

    def overtaken(self) -> str:
        """What to say then; the next try counts from what is stored now."""
        stored = NeedsSurvey.objects.get(pk=self.instance.pk)
        self.data = {**_typed(self.data), "seen": str(stored.version)}
        named = self._meta.fields or []
        changed = [name for name in named if getattr(stored, name) != self.cleaned_data[name]]
        now = "; ".join(f"{self.fields[name].label}: {_shown(stored, name)}" for name in changed)
        return str(OVERTAKEN) % {"now": now or "–"}


def _typed(data: Any) -> dict[str, Any]:
    """What was typed into single fields."""
    return {name: data[name] for name in data}


def _shown(stored: NeedsSurvey, name: str) -> str:
    value = getattr(stored, name)
    return f"{timezone.localtime(value):%d.%m.%Y %H:%M}" if name == "closes_at" and value else value


class SectionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Section
        fields = ["title_de", "title_en", "text_de", "text_en"]


class TerritoryForm(forms.Form):
    """Choose municipalities; all that is given has to hold."""

    state = forms.ModelChoiceField(
        label=_("Bundesland"), queryset=State.objects.all(), required=False, empty_label=_("alle")
    )
    district = forms.RegexField(
        label=_("Schlüssel des Kreises"),
        help_text=_("Fünf Ziffern, zum Beispiel 06633."),
        regex=r"^\d{5}$",
        required=False,
    )
    size_class = forms.ModelChoiceField(
        label=_("Größenklasse"),
        queryset=SizeClass.objects.all(),
        required=False,
        empty_label=_("alle"),
    )
    keys = forms.CharField(
        label=_("Liste von AGS"),
        help_text=_("Getrennt durch Leerzeichen, Komma oder Zeilen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def clean_keys(self) -> list[str]:
        return re.findall(r"[^\s,;]+", self.cleaned_data["keys"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(gettext("Bitte geben Sie mindestens eines an."))
        return data


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("CSV-Datei"),
        help_text=_(
            "Mit Überschriften: AGS oder Kommune, E-Mail, Ansprechstelle. Ist eine Zeile falsch, "
            "wird nichts übernommen."
        ),
    )
    only_check = forms.BooleanField(label=_("nur prüfen, noch nichts übernehmen"), required=False)


class RespondentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Respondent
        fields = ["email", "contact", "link_expires_at"]
        widgets = {
            "link_expires_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }


class MailTextForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = MailText
        fields = ["subject", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}
        help_texts = {
            "text": _(
                "Ersetzt werden {link}, {title}, {until} und {municipality}; alles andere steht "
                "in der Mail wie hier."
            )
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("subject", "text"):
            for word in unknown_words(data.get(name, "")):
                message = gettext("Das Wort {%(word)s} kennen wir nicht.")
                self.add_error(name, message % {"word": word})
        if self.instance.kind in NEED_LINK and "{link}" not in data.get("text", "{link}"):
            self.add_error("text", gettext("Ohne {link} findet niemand zu den Fragen."))
        return data
