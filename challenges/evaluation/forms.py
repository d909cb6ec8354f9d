from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.applications.models import Application
from challenges.calls.forms import Moment
from challenges.calls.models import Challenge, EvaluationCriterion
from challenges.calls.models.criteria import MOST_POINTS
from challenges.evaluation.deciding import RANKING_CHANGED
from challenges.evaluation.models import Panel, Reviewer
from profiles.models import Membership, Organisation, User

Scores = Mapping[int, tuple[int, str]]


class InviteForm(forms.Form):
    """A colleague of those who ask, or anybody else by the address of the account."""

    member: Any = forms.ModelChoiceField(
        queryset=None, label=_("Person aus den ausschreibenden Organisationen"), required=False
    )
    email = forms.EmailField(
        label=_("oder E-Mail-Adresse"),
        help_text=_("Die Person braucht ein Konto auf diesem Marktplatz."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        required=False,
    )
    use_required_attribute = False

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asking = Organisation.objects.filter(
            Q(pk=challenge.organisation_id) | Q(joint_challenges=challenge)
        )
        members = Membership.objects.filter(organisation__in=asking).values("user")
        invited = Reviewer.objects.filter(panel=challenge.pk).values("user")
        people = User.objects.filter(pk__in=members, is_active=True).exclude(pk__in=invited)
        member: Any = self.fields["member"]
        member.queryset = people.order_by("email", "pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data["member"]) == bool(data["email"]):
            self.add_error(
                "email", gettext("Bitte wählen Sie eine Person, oder nennen Sie ihre Adresse.")
            )
        return data

    @property
    def address(self) -> str:
        member: User | None = self.cleaned_data["member"]
        return member.email if member else str(self.cleaned_data["email"])


class SpreadForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Panel
        fields = ["spread"]

    use_required_attribute = False


class DeclareForm(forms.Form):
    """One question for each applicant, with no answer given beforehand."""

    use_required_attribute = False

    def __init__(self, *args: Any, applications: Iterable[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = []
        for application in applications:
            self.keys.append(application.pk)
            name = application.organisation.name
            self.fields[f"conflict_{application.pk}"] = forms.ChoiceField(
                label=gettext("Sind Sie gegenüber %(name)s befangen?") % {"name": name},
                choices=[("", "–"), ("no", _("nein")), ("yes", _("ja"))],
            )
            self.fields[f"note_{application.pk}"] = forms.CharField(
                label=gettext("Wenn ja: worin der Konflikt mit %(name)s liegt") % {"name": name},
                max_length=300,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for key in self.keys:
            if data.get(f"conflict_{key}") == "yes" and not data.get(f"note_{key}"):
                self.add_error(f"note_{key}", gettext("Bitte nennen Sie den Konflikt."))
        return data

    @property
    def conflicts(self) -> dict[int, str]:
        data = self.cleaned_data
        return {key: data[f"note_{key}"] for key in self.keys if data[f"conflict_{key}"] == "yes"}


class PointsForm(forms.Form):
    """Points and a reason for each criterion; `is_whole`: none may be left out."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        criteria: Iterable[EvaluationCriterion],
        given: Scores,
        is_whole: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for one in self.criteria:
            points, reason = given.get(one.pk, (None, ""))
            self.fields[f"points_{one.pk}"] = forms.IntegerField(
                label=gettext("%(label)s: Punkte (0 bis 10)") % {"label": one.label},
                help_text=one.description,
                min_value=0,
                max_value=MOST_POINTS,
                initial=points,
                required=is_whole,
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=gettext("%(label)s: Begründung") % {"label": one.label},
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
                max_length=2000,
                initial=reason,
                required=is_whole,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in self.criteria:
            points, reason = data.get(f"points_{one.pk}"), data.get(f"reason_{one.pk}")
            if points is not None and not reason and not self.has_error(f"reason_{one.pk}"):
                self.add_error(f"reason_{one.pk}", gettext("Bitte begründen Sie die Punkte."))
            if reason and points is None and not self.has_error(f"points_{one.pk}"):
                self.add_error(f"points_{one.pk}", gettext("Bitte geben Sie Punkte."))
        return data

    @property
    def scores(self) -> Scores:
        data = self.cleaned_data
        return {
            one.pk: (data[f"points_{one.pk}"], data[f"reason_{one.pk}"])
            for one in self.criteria
            if data[f"points_{one.pk}"] is not None
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Grund"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Bitte nennen Sie den Grund.")},
    )
    use_required_attribute = False


class ProposeForm(ReasonForm):
    """The choice names the application, so that nobody else gets what was meant for it."""

    NONE = "none"

    outcome = forms.ChoiceField(
        label=_("Entscheidung"), error_messages={"invalid_choice": RANKING_CHANGED}
    )
    standstill_until = Moment(
        label=_("Wartefrist bis"),
        help_text=_(
            "Nur wenn eine gilt: Bis dahin erfahren die anderen nicht, wer den Zuschlag hat."
        ),
        required=False,
    )
    field_order = ("outcome", "reason", "standstill_until")

    def __init__(self, *args: Any, first: Application | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first
        choices: list[Any] = [(self.NONE, _("Ohne Vergabe beenden"))]
        if first:
            award = gettext("Zuschlag an %(name)s, Platz 1") % {"name": first.organisation}
            choices.insert(0, (first.pk, award))
        outcome: Any = self.fields["outcome"]
        outcome.choices = choices

    @property
    def winner(self) -> Application | None:
        return None if self.cleaned_data["outcome"] == self.NONE else self.first
