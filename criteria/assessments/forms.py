from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from criteria.assessments.colours import check_legible, is_colour
from criteria.assessments.models import Assessment
from criteria.assessments.ratings import Rating
from criteria.assessments.sharing import Letterhead, ShareLink
from criteria.catalogue.terms import Kind, Term
from profiles.files.forms import UploadField
from profiles.files.inspection.kinds import DOCUMENTS, IMAGES
from profiles.models import Organisation, Solution, User


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Carries the version that the person saw, so that nobody is overwritten."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version

    @property
    def entered(self) -> dict[str, Any]:
        """What was entered, for a valid form."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}

    def renew(self, version: int) -> None:
        """Let the person decide again, knowing what the others did: keep what they entered."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = str(version)
        self.data = data


class AssessmentForm(VersionedForm):
    stakeholders = forms.MultipleChoiceField(
        label=_("Wer wirkt mit?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Assessment
        fields = [
            "title",
            "solution",
            "phase",
            "is_shared_with_agency",
            "is_public",
            "stakeholders",
        ]
        help_texts = {
            "title": _("Wie heißt das Vorhaben bei Ihnen?"),
            "solution": _("Wenn es um eine Lösung geht, die auf dem Marktplatz steht."),
            "phase": _("Wo steht das Vorhaben heute? Danach richtet sich, was zuerst zählt."),
            "is_shared_with_agency": _(
                "Die geprüfte Landesbehörde Ihres Bundeslandes sieht dann Titel, Phase und "
                "Zahlen, nicht aber Notizen und Nachweise."
            ),
            "is_public": _(
                "Alle sehen dann Ihre Bewertungen auf der Seite der Lösung, als Ihre eigene "
                "Sicht gekennzeichnet. Notizen und Nachweise bleiben bei Ihnen."
            ),
        }
        error_messages = {"title": {"required": _("Bitte geben Sie dem Vorhaben einen Namen.")}}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        roles = Term.objects.of_kind(Kind.STAKEHOLDER).in_order()
        self.fields["stakeholders"].choices = [(role.key, role.name) for role in roles]  # type: ignore[attr-defined]
        solutions = _solutions_of(organisation)
        self.fields["solution"].queryset = solutions  # type: ignore[attr-defined]
        if not solutions.exists():
            del self.fields["solution"]
        if organisation.kind != Organisation.Kind.PROVIDER or "solution" not in self.fields:
            del self.fields["is_public"]


def _solutions_of(organisation: Organisation) -> Any:
    """What it offers itself, or what is in use at its place."""
    used = Q(pk__in=[])
    if organisation.municipality_id:
        used = Q(deployments__municipality=organisation.municipality_id)
    own = Q(provider__organisation=organisation)
    return Solution.objects.filter(own | used).distinct().by_title()


class RatingForm(VersionedForm):
    evidence_url = forms.URLField(
        label=_("Nachweis (Adresse)"),
        help_text=_("Eine Internetadresse oder die Ihrer Akte; nur Ihre Organisation sieht sie."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    file = UploadField(
        label=_("Nachweis (Datei)"),
        audience=_("Nur Ihre Organisation sieht sie."),
        required=False,
        formats=DOCUMENTS | IMAGES,
    )
    removes_file = forms.BooleanField(label=_("hinterlegte Datei entfernen"), required=False)

    field_order = ("value", "note", "evidence_url", "file", "removes_file")

    class Meta:
        model = Rating
        fields = ["value", "note", "evidence_url", "responsible", "due_on", "target"]
        widgets = {
            "note": forms.Textarea(attrs={"rows": 4}),
            "due_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {"note": _("Nur Ihre Organisation liest sie.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = User.objects.filter(
            memberships__organisation=self.instance.assessment.organisation
        )
        self.fields["responsible"].queryset = members.order_by("last_name", "email")  # type: ignore[attr-defined]
        if not self.instance.evidence_file:
            del self.fields["removes_file"]

    @property
    def entered(self) -> dict[str, Any]:
        """The columns as entered; a new file is the caller's to keep."""
        values = super().entered
        values.pop("file")
        return values | ({"evidence_file": None} if values.pop("removes_file", False) else {})

    @property
    def value_label(self) -> str:
        return str(Rating.Value(self.cleaned_data["value"]).label)


class ValueForm(VersionedForm):
    """The value alone, as the list of all criteria has it."""

    class Meta:
        model = Rating
        fields = ["value"]

    @property
    def value_label(self) -> str:
        return str(Rating.Value(self.cleaned_data["value"]).label)


class ReportForm(VersionedForm):
    class Meta:
        model = Assessment
        fields = ["situation", "decision", "risks", "next_steps"]
        help_texts = {
            "situation": _("Worum geht es, und was ist bisher geschehen?"),
            "decision": _(
                "Worüber soll der Rat entscheiden? Ein Satz, der sich beschließen lässt."
            ),
            "risks": _("Die offenen Meilensteine und Hindernisse stehen schon im Bericht."),
            "next_steps": _("Die ersten Schritte des Fahrplans stehen schon im Bericht."),
        }
        widgets = dict.fromkeys(
            ["situation", "decision", "risks", "next_steps"], forms.Textarea(attrs={"rows": 5})
        )


class SnapshotForm(forms.Form):
    label = forms.CharField(
        label=_("Bezeichnung"), max_length=120, help_text=_("Zum Beispiel: Jahresgespräch 2026")
    )


class ShareForm(forms.Form):
    days = forms.TypedChoiceField(label=_("Gültig für"), choices=ShareLink.Days, coerce=int)


class LetterheadForm(forms.ModelForm):  # type: ignore[type-arg]
    accent = forms.CharField(
        label=_("Farbe"),
        required=False,
        help_text=_(
            "Für Überschriften und Linien, zum Beispiel #004f9f. Leer bedeutet Schwarz. Auf "
            "Weiß muss sie sich lesen lassen: Kontrast mindestens 4,5 : 1."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    new_logo = UploadField(label=_("Logo"), required=False, formats=IMAGES)
    removes_logo = forms.BooleanField(label=_("Logo entfernen"), required=False)

    field_order = ("head", "address", "new_logo", "removes_logo", "accent", "foot")

    class Meta:
        model = Letterhead
        fields = ["head", "address", "accent", "foot"]
        help_texts = {
            "head": _("Steht oben auf jedem Ratsbericht aus Ihrem Bundesland."),
            "address": _("Straße, Ort, Internetadresse: eine Zeile unter der Kopfzeile."),
            "foot": _("Zum Beispiel, an wen sich Rückfragen richten."),
        }
        widgets = {"foot": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["removes_logo"]

    def clean_accent(self) -> str:
        colour: str = self.cleaned_data["accent"].lower()
        if colour:
            is_colour(colour)
            check_legible(colour)
        return colour
