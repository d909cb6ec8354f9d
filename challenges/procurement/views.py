from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from challenges.procurement.adviser import Advice, advise
from challenges.procurement.models import ProcurementRule
from profiles.models import State

HIGHEST = 100_000_000


class AdviserForm(forms.Form):
    value = forms.IntegerField(
        label=_("Geschätzter Wert (Euro, netto)"),
        help_text=_("Alles zusammen: einmalig, laufend bis 48 Monate, Verlängerungen, Prämien."),
        min_value=0,
        max_value=HIGHEST,
    )
    region = forms.ModelChoiceField(
        State.objects.all(),
        to_field_name="code",
        label=_("Bundesland"),
        empty_label=_("nicht bekannt"),
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Wer vergibt?"),
        choices=[
            (ProcurementRule.Level.MUNICIPAL, _("Kommune")),
            (ProcurementRule.Level.STATE, _("Landesverwaltung")),
        ],
        required=False,
    )
    day = forms.DateField(
        label=_("Stichtag"),
        help_text=_("Der Tag, an dem das Verfahren beginnt."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    use_required_attribute = False

    def advice(self) -> Advice | None:
        if not self.is_valid():
            return None
        data = self.cleaned_data
        level = data["level"] or ProcurementRule.Level.MUNICIPAL
        return advise(data["value"], data["region"], on=data["day"], level=level)


@login_not_required
@require_safe
def adviser(request: HttpRequest) -> HttpResponse:
    """Suggest a way to award; all that it needs stands in the address."""
    given = request.GET if "value" in request.GET else None
    form = AdviserForm(given, initial={"day": timezone.localdate()})
    return render(request, "calls/adviser.html", {"form": form, "advice": form.advice()})
