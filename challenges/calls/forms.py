"""The pages on which a challenge is written; a draft may have gaps everywhere."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.calls.models import Challenge
from challenges.needs.models import Need
from challenges.procurement import adviser
from challenges.procurement.models import Procedure, ProcurementRule
from profiles.keeping.forms import KeysField, ManyField, TopicsField
from profiles.models import (
    Hosting,
    Licence,
    Organisation,
    Phase,
    Provider,
    Standard,
    Topic,
    User,
)

LONGEST = 10_000


class Moment(forms.SplitDateTimeField):
    """A day and a time of the clock in Berlin, each in a field of its own."""

    def __init__(self, **options: Any) -> None:
        widget = forms.SplitDateTimeWidget(
            date_attrs={"type": "date"},
            time_attrs={"type": "time"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )
        super().__init__(widget=widget, **options)


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    """Some fields of a challenge."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.use_required_attribute = False
        for name, field in self.fields.items():
            field.required = field.required or name in Challenge.OWED
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs |= {"rows": 5, "maxlength": LONGEST}

    def full_clean(self) -> None:
        """Let a draft have gaps, though its pages show what it owes before publication."""
        owed = [self.fields[name] for name in Challenge.OWED if name in self.fields]
        for field in owed:
            field.required = False
        super().full_clean()
        for field in owed:
            field.required = True

    class Meta:
        model = Challenge
        fields: tuple[str, ...] = ()


class ProblemForm(StepForm):
    topics = TopicsField(
        Topic.objects.all(),
        label=_("Themen"),
        help_text=_("Daran finden passende Anbieter die Challenge und hören davon per E-Mail."),
        required=False,
    )

    class Meta(StepForm.Meta):
        fields = ("title", "problem_citizens", "problem_staff", "topics")
        help_texts: ClassVar = {
            "title": _("Was soll besser werden? Ohne Namen eines Produkts."),
            "problem_citizens": _("Wen trifft es, wie oft, und was kostet es an Zeit oder Geld?"),
            "problem_staff": _("Was hält die Arbeit heute auf, und was wurde schon versucht?"),
        }


class GoalsForm(StepForm):
    """Goals stand in rows of their own."""


class RequirementsForm(StepForm):
    standards = KeysField(
        Standard.objects.all(),
        label=_("Verlangte Standards"),
        help_text=_("Wer einen davon nicht erfüllt, scheidet aus. Verlangen Sie nur Nötiges."),
        required=False,
    )
    hosting = ManyField(
        label=_("Betrieb: was in Frage kommt"), choices=Hosting.choices, required=False
    )
    licence = forms.ChoiceField(
        label=_("Lizenz"), choices=[("", _("jede")), *Licence.choices], required=False
    )
    min_phase = forms.ChoiceField(
        label=_("Mindestens in Phase"), choices=[("", _("jede")), *Phase.choices], required=False
    )
    eligible_kinds = ManyField(
        label=_("Wer sich bewerben darf"),
        help_text=_("Leer bedeutet: alle."),
        choices=Provider.Kind.choices,
        required=False,
    )

    class Meta(StepForm.Meta):
        fields = (
            "standards",
            "hosting",
            "licence",
            "max_budget_eur",
            "min_phase",
            "wishes",
            "eligible_kinds",
        )
        help_texts: ClassVar = {"wishes": _("Was gut wäre, aber niemanden ausschließt.")}


class OfferForm(StepForm):
    class Meta(StepForm.Meta):
        fields = ("data_sets", "test_areas", "budget_eur", "term_months", "prize")
        help_texts: ClassVar = {
            "data_sets": _("Welche Daten dürfen Bewerber:innen nutzen, und wo finden sie sie?"),
            "budget_eur": _(
                "Der ganze Wert: einmalig und laufend, mit Verlängerungen und Prämien. "
                "Danach richtet sich der Vergabeweg."
            ),
            "prize": _("Auch ohne Geld: eine Erprobung, eine Referenz, ein Auftritt."),
        }


class ProcedureForm(StepForm):
    """The way to award; what it rests on is kept as it stands on the day of the choice."""

    procedure = forms.ModelChoiceField(
        Procedure.objects.all(),
        to_field_name="key",
        label=_("Vergabeweg"),
        empty_label=_("noch offen"),
        required=False,
    )

    class Meta(StepForm.Meta):
        fields = ("procedure",)

    def clean_procedure(self) -> str:
        self.chosen: Procedure | None = self.cleaned_data["procedure"]
        return self.chosen.key if self.chosen else ""

    def save(self, commit: bool = True) -> Any:
        call: Challenge = self.instance
        seat, today = call.organisation.seat, timezone.localdate()
        level = ProcurementRule.level_of(call.organisation)
        call.procedure_facts = (
            adviser.facts(self.chosen, call.budget_eur, seat, on=today, level=level)
            if self.chosen
            else {}
        )
        return super().save(commit)


class DatesForm(StepForm):
    questions_from = Moment(label=_("Fragen ab"), required=False)
    questions_until = Moment(
        label=_("Fragen bis"), help_text=_("Die Uhrzeit gilt auf die Sekunde."), required=False
    )
    applications_from = Moment(label=_("Bewerbungen ab"), required=False)
    applications_until = Moment(label=_("Bewerbungen bis"), required=False)

    class Meta(StepForm.Meta):
        fields = (
            "questions_from",
            "questions_until",
            "applications_from",
            "applications_until",
            "pitch_on",
            "decision_on",
            "start_on",
        )
        widgets: ClassVar = dict.fromkeys(
            ("pitch_on", "decision_on", "start_on"),
            forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )

    def clean(self) -> dict[str, Any]:
        """Say at the field what the database refuses."""
        data = super().clean() or {}
        begin, end = data.get("questions_from"), data.get("questions_until")
        if begin and end and end <= begin:
            self.add_error("questions_until", gettext("Fragen enden später, als sie beginnen."))
        return data


class EvaluationForm(StepForm):
    """Criteria stand in rows of their own."""


class ContactForm(StepForm):
    partners = KeysField(
        Organisation.objects.none(),
        label=_("Gemeinsam mit"),
        help_text=_("Ihre Mitglieder sehen den Entwurf schon jetzt, ändern können sie ihn nicht."),
        required=False,
    )
    needs = KeysField(
        Need.objects.none(),
        label=_("Bedarfe, die die Challenge deckt"),
        help_text=_(
            "Öffentlich steht dort nur ihre Anzahl, und Namen nur von denen, die ihn zeigen."
        ),
        required=False,
    )

    class Meta(StepForm.Meta):
        fields = ("contact", "partners", "needs")
        help_texts: ClassVar = {
            "contact": _("Stelle, Telefon oder E-Mail; steht öffentlich auf der Seite.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        call: Challenge = self.instance
        others = Organisation.objects.verified().exclude(kind=Organisation.Kind.PROVIDER)
        self._offer("partners", others.exclude(pk=call.organisation_id).by_name())
        linked = models.Q(pk__in=call.needs.values("pk"))
        seen = models.Q(pk__in=Need.objects.visible_to(self.user).open().order_by().values("pk"))
        self._offer("needs", Need.objects.filter(linked | seen).newest_first())

    def _offer(self, name: str, rows: models.QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, KeysField)  # noqa: S101  (tells the type checker)
        field.queryset = rows


class GoalForm(forms.Form):
    goal = forms.CharField(label=_("Ziel"), max_length=500, required=False)
    measure = forms.CharField(
        label=_("Woran Sie den Erfolg messen"), max_length=500, required=False
    )


class CriterionForm(forms.Form):
    label = forms.CharField(label=_("Kriterium"), max_length=160, required=False)
    weight = forms.IntegerField(label=_("Gewicht"), min_value=1, max_value=100, required=False)
    description = forms.CharField(
        label=_("Was bewertet wird"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    points_0 = forms.CharField(label=_("0 Punkte heißt"), max_length=300, required=False)
    points_5 = forms.CharField(label=_("5 Punkte heißt"), max_length=300, required=False)
    points_10 = forms.CharField(label=_("10 Punkte heißt"), max_length=300, required=False)
    is_price = forms.BooleanField(label=_("Preis, nach Formel"), required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name in ("label", "weight") if any(data.values()) else ():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, gettext("Dieses Feld ist zwingend erforderlich."))
        return data


class BaseRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows that are left empty are no rows."""

    def rows(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if any(form.cleaned_data.values())]


class BaseCriteria(BaseRows):
    def clean(self) -> None:
        """Let a draft miss the hundred, but never have two prices."""
        if any(self.errors):
            return
        if sum(bool(row["is_price"]) for row in self.rows()) > 1:
            raise ValidationError(gettext("Den Preis bewertet nur ein Kriterium."))


GOALS: Any = forms.formset_factory(GoalForm, formset=BaseRows, extra=2, max_num=20)
CRITERIA: Any = forms.formset_factory(CriterionForm, formset=BaseCriteria, extra=2, max_num=20)
