from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.alerts.models import LONGEST_QUERY, Rhythm
from marketplace.solutions.chips import chips_of
from profiles.filters import SolutionFilter
from profiles.models import Solution

MOST = 2000  # hits; a search that finds half the market brings news without end
LEFT_OUT = {"sort", "page"}


class RhythmForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Rhythm
        fields = ("frequency",)


class SearchForm(forms.Form):
    """A search to be saved: what the list is narrowed to, under a name."""

    name = forms.CharField(label=_("Name der Suche"), max_length=100)
    frequency = forms.ChoiceField(
        label=_("Wie oft?"),
        help_text=_("Gilt für alle Ihre Benachrichtigungen; alles Neue kommt in einer Mail."),
        choices=Rhythm.Frequency.choices,
    )

    def __init__(self, *args: Any, filters: QueryDict, **kwargs: Any) -> None:
        self.filterset = SolutionFilter(filters, queryset=Solution.objects.published())
        self.query = canonical(self.filterset)
        self.chips = chips_of(self.filterset)
        names = ", ".join(chip.label for chip in self.chips)[:100]
        kwargs["initial"] = {"name": names} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    @property
    def hindrance(self) -> str:
        """Why this is no search to be saved, or nothing."""
        if not self.chips:
            return gettext("Wählen Sie zuerst in der Liste der Lösungen mindestens einen Filter.")
        if len(self.query) > LONGEST_QUERY or self.filterset.hits().count() > MOST:
            return gettext("Das sind sehr viele Lösungen. Bitte grenzen Sie die Suche ein.")
        return ""

    def clean(self) -> dict[str, Any]:
        if self.hindrance:
            raise forms.ValidationError(self.hindrance)
        return self.cleaned_data


def canonical(filterset: SolutionFilter) -> str:
    """Return the filters that were understood, in one order, so that equal searches are equal."""
    kept = QueryDict(mutable=True)
    for name in sorted(set(filterset.values) - LEFT_OUT):
        values = sorted({value for value in filterset.data.getlist(name) if value})
        if values:
            kept.setlist(name, values)
    return kept.urlencode()
