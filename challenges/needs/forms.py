from collections import defaultdict
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.needs.models import Need
from challenges.needs.requirements import meeting
from profiles.models import Hosting, Licence, Phase, Solution, Standard, Topic, User

LONGEST = 10_000


class ProblemForm(forms.ModelForm):  # type: ignore[type-arg]
    """The first step: the problem in the person's own words; all else builds on it."""

    class Meta:
        model = Need
        fields: ClassVar[list[str]] = ["title", "problem"]
        help_texts = {
            "title": _("In einem Satz, so wie Sie es am Telefon sagen würden."),
            "problem": _(
                "Was klappt heute nicht, wen trifft es, und woran merken Sie, dass es gelöst ist? "
                "Eine Lösung brauchen Sie nicht zu nennen."
            ),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "problem": forms.Textarea(attrs={"rows": 9, "maxlength": LONGEST})
        }


class NeedForm(ProblemForm):
    """A whole need; carries the version that the person saw."""

    hosting = forms.MultipleChoiceField(
        label=_("Betrieb: was in Frage kommt"),
        choices=Hosting.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    licence = forms.ChoiceField(
        label=_("Lizenz"), choices=[("", _("jede")), *Licence.choices], required=False
    )
    min_phase = forms.ChoiceField(
        label=_("Mindestens in Phase"), choices=[("", _("jede")), *Phase.choices], required=False
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    class Meta(ProblemForm.Meta):
        fields = [
            "title",
            "problem",
            "topics",
            "standards",
            "hosting",
            "licence",
            "max_budget_eur",
            "min_phase",
            "wished_standards",
            "wishes",
            "time_frame",
            "visibility",
            "is_named",
            "owner",
            "due_on",
        ]
        labels = {"is_named": _("Andere sehen den Namen meiner Organisation")}
        help_texts = ProblemForm.Meta.help_texts | {
            "max_budget_eur": _("Lösungen mit „Preis auf Anfrage“ bleiben dabei."),
            "wishes": _("Was gut wäre, aber keine Lösung ausschließt."),
            "is_named": _(
                "Ohne Haken sehen andere nur Bundesland und Größenklasse, keine Person und keinen "
                "Ort. Was Sie in Titel und Beschreibung schreiben, sehen sie trotzdem."
            ),
            "owner": _("Diese Person erinnern wir, wenn der Termin vorbei ist."),
        }
        widgets = ProblemForm.Meta.widgets | {
            "topics": forms.CheckboxSelectMultiple,
            "standards": forms.CheckboxSelectMultiple,
            "wished_standards": forms.CheckboxSelectMultiple,
            "wishes": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
            "visibility": forms.RadioSelect,
            "due_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        people = User.objects.filter(memberships__organisation=self.instance.organisation)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
        owner.queryset = people.order_by("last_name", "email")

    @property
    def suggested(self) -> list[BoundWidget]:
        """The topics that are ticked: from the text at first, then those that were confirmed."""
        return [box for box in self["topics"] if box.data["selected"]]

    @property
    def other_topics(self) -> list[tuple[str, list[BoundWidget]]]:
        """The topics that are not ticked, below their fields of action."""
        fields = {topic.pk: topic.parent_id or topic.pk for topic in self._topics}
        names = {topic.pk: str(topic) for topic in self._topics}
        groups: dict[str, list[BoundWidget]] = defaultdict(list)
        for box in self["topics"]:
            if not box.data["selected"]:
                groups[names[fields[_key(box)]]].append(box)
        return list(groups.items())

    @property
    def _topics(self) -> list[Topic]:
        if not hasattr(self, "_all_topics"):
            self._all_topics = list(Topic.objects.all())
        return self._all_topics

    @property
    def required_boxes(self) -> "Boxes":
        return Boxes(list(self["standards"]))

    @property
    def wished_boxes(self) -> "Boxes":
        return Boxes(list(self["wished_standards"]))


class Boxes:
    """Check boxes of standards: what buyers often ask for and what is ticked comes first."""

    def __init__(self, boxes: list[BoundWidget]) -> None:
        common = set(Standard.objects.filter(is_common=True).values_list("pk", flat=True))
        self.first = [box for box in boxes if box.data["selected"] or _key(box) in common]
        self.rest = [box for box in boxes if box not in self.first]


def _key(box: BoundWidget) -> int:
    value = box.data["value"]
    return int(getattr(value, "value", value))


class SolutionField(forms.CharField):
    """A published solution, by its title or the address of its page."""

    def clean(self, value: Any) -> Solution | None:
        text = " ".join(str(super().clean(value)).split())
        if not text:
            return None
        published = Solution.objects.published()
        slug = text.rstrip("/").rpartition("/")[2]
        for choice in ({"title__iexact": text}, {"slug": slug}, {"title__istartswith": text}):
            found = list(published.filter(**choice)[:2])
            if len(found) == 1:
                return found[0]
        raise forms.ValidationError(
            gettext(
                "Diese Lösung kennen wir nicht. Bitte kopieren Sie ihren Titel von ihrer Seite."
            )
        )


class EndForm(forms.Form):
    """What became of a need; carries the version that the person saw."""

    CHOICES = [(state.value, state.label) for state in Need.ENDS]

    state = forms.ChoiceField(
        label=_("Was ist daraus geworden?"), choices=CHOICES, widget=forms.RadioSelect
    )
    served_by = SolutionField(
        label=_("Durch welche Lösung?"),
        help_text=_("Nur bei „gedeckt“: der Titel einer Lösung aus dem Marktplatz."),
        required=False,
        max_length=200,
    )
    outcome = forms.CharField(
        label=_("Erläuterung"),
        help_text=_(
            "Der Grund, die Adresse der Challenge oder was andere sonst wissen sollten. "
            "Wer den Bedarf sieht, liest auch dies."
        ),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = need.version
        self.need = need
        self.fields["served_by"].widget.attrs["list"] = "fitting"

    @property
    def fitting(self) -> list[str]:
        """Titles to choose from while typing; the field takes any other solution, too."""
        found = meeting(self.need, on=timezone.localdate()).by_title()
        return list(found.values_list("title", flat=True)[:50])

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs to the end that was chosen, and drop the rest."""
        data = self.cleaned_data
        state = data.get("state")
        if state != Need.State.SERVED and not self.has_error("served_by"):
            data["served_by"] = None
        if state == Need.State.SERVED:
            if not (data.get("served_by") or data.get("outcome") or self.errors):
                message = gettext("Bitte nennen Sie die Lösung, oder erläutern Sie es unten.")
                self.add_error("served_by", message)
        elif state and not data.get("outcome") and not self.has_error("outcome"):
            self.add_error("outcome", gettext("Bitte nennen Sie den Grund oder die Challenge."))
        return data
