from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import NeedsSurvey, Question, Wording
from marketplace.grouping.models import NeedGroup

NEW, NONE = "new", "none"


class QuestionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, question: Question) -> str:
        return str(question.wording)


class ProposeForm(forms.Form):
    """Which question's texts are put into groups; needs in own words come first."""

    def __init__(self, *args: object, survey: NeedsSurvey, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        kinds = [Wording.Kind.NEED, Wording.Kind.FREE_TEXT]
        rows = survey.questions.with_wording().filter(wording__kind__in=kinds)
        self.fields["question"] = QuestionChoice(
            rows.order_by("-wording__kind", "section__position", "position", "pk"),
            label=_("Frage, deren Antworten gruppiert werden"),
            empty_label=None,
            error_messages={"required": _("Bitte wählen Sie eine Frage.")},
        )


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = NeedGroup
        fields = ("title", "topic")


def targets(survey: NeedsSurvey, *, but: NeedGroup | None = None) -> list[tuple[str, str]]:
    """Where statements can go."""
    groups = NeedGroup.objects.filter(survey=survey, field=None).order_by("position", "pk")
    if but:
        groups = groups.exclude(pk=but.pk)
    return [(str(pk), title) for pk, title in groups.values_list("pk", "title")]


class MoveForm(forms.Form):
    """Statements to another group, to a new one, or out of their own."""

    def __init__(
        self, *args: object, survey: NeedsSurvey, but: NeedGroup | None = None, **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        fixed = [(NEW, _("neue Gruppe")), *([(NONE, _("ohne Gruppe"))] if but else [])]
        self.fields["target"] = forms.ChoiceField(
            label=_("Ausgewählte verschieben nach"),
            choices=[*fixed, *targets(survey, but=but)],
        )


class MergeForm(forms.Form):
    def __init__(
        self, *args: object, survey: NeedsSurvey, but: NeedGroup, **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["other"] = forms.ChoiceField(
            label=_("Eine andere Gruppe hier aufnehmen"), choices=targets(survey, but=but)
        )
