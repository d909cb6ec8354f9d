"""One question as its author types it."""

import re
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.surveys.models import NeedsSurvey, Question, Wording
from profiles.slugs import german_slug

WITH_OPTIONS = (
    Wording.Kind.SINGLE_CHOICE,
    Wording.Kind.MULTIPLE_CHOICE,
    Wording.Kind.PRIORITY_MATRIX,
    Wording.Kind.RANKING,
)
LIMITS = ("unit", "min", "max", "max_chars", "ranks")


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    options_text = forms.CharField(
        label=_("Auswahl oder Themen"),
        help_text=_("Eine Zeile je Auswahl; Englisch dahinter nach einem senkrechten Strich."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    ranks = forms.IntegerField(
        label=_("Ränge (bei einer Reihenfolge)"), min_value=1, max_value=20, required=False
    )
    unit = forms.CharField(label=_("Einheit (bei einer Zahl)"), max_length=20, required=False)
    min = forms.DecimalField(label=_("Kleinste Zahl"), required=False)
    max = forms.DecimalField(label=_("Größte Zahl"), required=False)
    max_chars = forms.IntegerField(
        label=_("Höchstens so viele Zeichen (bei einem Text)"),
        min_value=20,
        max_value=5000,
        required=False,
    )
    asked_if = forms.MultipleChoiceField(
        label=_("Nur fragen, wenn eines davon geantwortet wurde"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Wording
        fields = ["kind", "text_de", "text_en", "help_de", "help_en", "is_required"]
        widgets = {
            "help_de": forms.Textarea(attrs={"rows": 2}),
            "help_en": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(
        self, *args: Any, survey: NeedsSurvey, question: Question | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        wording: Wording = self.instance
        self.known = {row["label_de"]: row for row in wording.options}
        self.initial["options_text"] = "\n".join(map(line_of, wording.options))
        for name in LIMITS:
            self.initial[name] = wording.limits.get(name)
        self.initial["seen"] = state_of(wording)
        condition = wording.condition
        choices = conditions(survey, question)
        self.fields["asked_if"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            self.fields["asked_if"].widget = forms.MultipleHiddenInput()
        if condition:
            self.initial["asked_if"] = [
                f"{condition['question']}:{key}" for key in condition["any_of"]
            ]

    def clean_asked_if(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["asked_if"]
        if len({row.partition(":")[0] for row in chosen}) > 1:
            raise forms.ValidationError(
                gettext("Bitte wählen Sie Antworten auf eine einzige Frage.")
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        lines = [line for line in data.get("options_text", "").splitlines() if line.strip()]
        if data.get("kind") in WITH_OPTIONS:
            labels = [line.partition("|")[0].strip() for line in lines]
            if len(labels) < 2 or len(set(labels)) < len(labels):
                message = gettext("Bitte geben Sie mindestens zwei verschiedene Zeilen an.")
                self.add_error("options_text", message)
        low, high = data.get("min"), data.get("max")
        if low is not None and high is not None and low > high:
            self.add_error("max", gettext("Die größte Zahl liegt unter der kleinsten."))
        return data

    def content(self) -> dict[str, Any]:
        """What becomes the wording."""
        data = self.cleaned_data
        given = {name: data[name] for name in self._meta.fields or []}
        has_options = data["kind"] in WITH_OPTIONS
        given["options"] = self._options() if has_options else []
        given["limits"] = {
            name: as_number(data[name]) for name in LIMITS if data[name] not in (None, "")
        }
        chosen = [row.partition(":") for row in data["asked_if"]]
        given["condition"] = (
            {"question": chosen[0][0], "any_of": [key for _, _, key in chosen]} if chosen else {}
        )
        return given

    def _options(self) -> list[dict[str, str]]:
        """Keep the id and the topic of a line whose German text is the same."""
        lines = [line for line in self.cleaned_data["options_text"].splitlines() if line.strip()]
        rows: list[dict[str, str]] = []
        used = {row["id"] for row in self.known.values()}
        for line in lines:
            german, _bar, english = (part.strip() for part in line.partition("|"))
            row = {**self.known[german]} if german in self.known else {"id": free_id(german, used)}
            used.add(row["id"])
            rows.append(row | {"label_de": german, "label_en": english})
        return rows


def line_of(row: dict[str, str]) -> str:
    english = row.get("label_en", "")
    return f"{row['label_de']} | {english}" if english else row["label_de"]


def free_id(text: str, used: set[str]) -> str:
    start = re.sub(r"[^a-z0-9]+", "_", german_slug(text))[:30].strip("_") or "a"
    numbered = (f"{start}_{number}" for number in range(2, 1000))
    return start if start not in used else next(key for key in numbered if key not in used)


def as_number(value: Any) -> Any:
    if isinstance(value, str | int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def state_of(wording: Wording) -> str:
    """Which wording a page showed: who saves over another one is told."""
    return f"{wording.pk or ''}:{hash_of(wording)}"


def hash_of(wording: Wording) -> str:
    text = repr([getattr(wording, name) for name in Wording.CONTENT])
    return sha256(text.encode()).hexdigest()[:16]


def conditions(survey: NeedsSurvey, question: Question | None) -> list[tuple[str, Any]]:
    """The options of the choices that are asked before this question."""
    before: list[tuple[str, Any]] = []
    for row in survey.questions.asked().with_wording().in_order():
        if question and row.pk == question.pk:
            break
        wording = row.wording
        if wording and wording.kind in (Wording.Kind.SINGLE_CHOICE, Wording.Kind.MULTIPLE_CHOICE):
            options = [(f"{row.key}:{one['id']}", one["label_de"]) for one in wording.options]
            before.append((wording.text, options))
    return before
