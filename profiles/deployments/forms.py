from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.deployments.models import Verdict
from profiles.deployments.trust import belongs_to
from profiles.filter_fields import MunicipalityField
from profiles.models import Deployment, Membership, Municipality, Organisation


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Phase, since and result: what a provider states and a municipality corrects."""

    class Meta:
        model = Deployment
        fields = ["phase", "since", "result"]
        labels = {"result": _("Was es gebracht hat")}
        help_texts = {
            "since": _("Ein ungefährer Tag genügt."),
            "result": _("In zwei, drei Sätzen; Zahlen überzeugen."),
        }
        widgets = {
            "since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "result": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since(self) -> date | None:
        since: date | None = self.cleaned_data["since"]
        if since and since > self.today:
            raise forms.ValidationError(gettext("Dieser Tag liegt in der Zukunft."), "future")
        return since


class AddressField(forms.EmailField):
    def __init__(self) -> None:
        super().__init__(
            label=_("E-Mail-Adresse in der Kommune"),
            help_text=_(
                "Wer dort den Einsatz bestätigen kann. Leer lassen, wenn die Kommune hier schon "
                "vertreten ist: Dann fragen wir deren Leute."
            ),
            required=False,
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        )


class DeploymentForm(FactsForm):
    """What a provider enters: where, since when, with what result, and who can confirm it."""

    municipality = MunicipalityField(
        label=_("Kommune oder Landkreis"), help_text=_("Name oder amtlicher Schlüssel (AGS)")
    )
    address = AddressField()
    field_order = ("municipality", "phase", "since", "result", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provider: Organisation = self.instance.solution.provider.organisation
        if self.instance.pk:  # another place would be another deployment
            del self.fields["municipality"]

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address and belongs_to(address, self.provider):
            message = gettext("Das ist eine Adresse des Anbieters. Bestätigen muss die Kommune.")
            raise forms.ValidationError(message, "own")
        return address

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        place = data.get("municipality") or (self.instance.pk and self.instance.municipality)
        if place and not self.instance.pk:
            self._clean_place(place)
        if place and not data.get("address") and "address" not in self.errors:
            self._clean_reachable(place)
        return data

    def _clean_place(self, place: Municipality) -> None:
        if Deployment.objects.filter(solution=self.instance.solution, municipality=place).exists():
            self.add_error("municipality", gettext("Dieser Einsatz ist schon eingetragen."))
        self.instance.municipality = place

    def _clean_reachable(self, place: Municipality) -> None:
        there = Organisation.objects.of_places().verified().filter(municipality=place)
        insiders = Membership.objects.deciders().filter(organisation=self.provider).values("user")
        others = Membership.objects.deciders().filter(organisation__in=there)
        if not others.exclude(user__in=insiders).exists():
            text = gettext(
                "Aus dieser Kommune ist hier noch niemand. Bitte nennen Sie eine Adresse."
            )
            self.add_error("address", text)


def consent_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Kolleg:innen aus anderen Verwaltungen dürfen uns dazu ansprechen"),
        help_text=_(
            "Sie schreiben über den Marktplatz; Ihre Adresse sehen sie nicht. Freiwillig, und "
            "jederzeit widerrufbar."
        ),
        required=False,
    )


class ConfirmForm(forms.Form):
    consents = consent_field()

    def verdict(self) -> Verdict:
        return Verdict(consents=self.cleaned_data["consents"])


class CorrectForm(FactsForm):
    """Correct and confirm in one go."""

    consents = consent_field()

    def verdict(self) -> Verdict:
        corrections = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return Verdict(corrections=corrections, consents=self.cleaned_data["consents"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Grund"),
        help_text=_("Der Anbieter liest ihn so, wie er hier steht."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeclineForm(ReasonForm):
    def verdict(self) -> Verdict:
        return Verdict(reason=self.cleaned_data["reason"])
