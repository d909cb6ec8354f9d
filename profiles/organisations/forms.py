from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.filter_fields import MunicipalityField
from profiles.models import Invitation, JoinRequest, Membership, Municipality, Organisation, User
from profiles.slugs import free_slug, german_slug

PLACES = {Organisation.Kind.MUNICIPALITY, Organisation.Kind.DISTRICT}


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rolle"), choices=Membership.Role, initial="viewer")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Sie geht so, wie sie hier steht, an die Betroffenen."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OwnForm(forms.ModelForm):  # type: ignore[type-arg]
    """Checks constraints over columns that the page sets, not the person."""

    set_by_page: frozenset[str] = frozenset()

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - self.set_by_page


class InvitationForm(OwnForm):
    set_by_page = frozenset({"organisation", "accepted_at", "revoked_at"})
    role = forms.ChoiceField(
        label=_("Rolle"),
        help_text=_(
            "Verantwortliche entscheiden auch über Mitglieder; wer bearbeitet, pflegt Angaben; "
            "wer mitliest, ändert nichts."
        ),
        choices=Membership.Role,
    )

    class Meta:
        model = Invitation
        fields = ["email", "role"]
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["role"] = Membership.Role.EDITOR  # the invitation itself has none yet

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if self.instance.organisation.memberships.filter(user__email__iexact=email).exists():
            raise forms.ValidationError(gettext("Diese Person gehört schon dazu."), "member")
        return email


class JoinRequestForm(OwnForm):
    set_by_page = frozenset({"organisation", "user", "decided_at"})

    class Meta:
        model = JoinRequest
        fields = ["message"]
        labels = {"message": _("Ihre Nachricht an die Verantwortlichen")}
        help_texts = {"message": _("Wer sind Sie, und was ist Ihre Aufgabe dort?")}
        widgets = {"message": forms.Textarea(attrs={"rows": 5})}


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Found an organisation, or correct its details while nobody has verified them."""

    municipality = MunicipalityField(
        label=_("Kommune oder Landkreis"),
        help_text=_("Name oder AGS; nur bei Kommunen und Landkreisen nötig."),
        required=False,
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = [
            "kind",
            "intermediary_kind",
            "name",
            "municipality",
            "state",
            "website",
            "mail_domain",
        ]
        help_texts = {
            "intermediary_kind": _("Nur für Vermittler."),
            "state": _(
                "Hier sitzt die Stelle, die Ihre Angaben prüft. Bei Kommunen ergibt es sich "
                "von selbst; ohne Bundesland prüft die Betreiberin."
            ),
            "mail_domain": _(
                "Was in Ihrer E-Mail-Adresse hinter dem @ steht. Daran finden Kolleg:innen "
                "die Organisation."
            ),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial["municipality"] = getattr(self.instance.municipality, "ags", "")

    def clean_name(self) -> str:
        """Found nothing twice: a second click asks again for what the first has made."""
        name: str = self.cleaned_data["name"]
        own = Organisation.objects.of_member(self.user).exclude(pk=self.instance.pk)
        if own.filter(name__iexact=name).exists():
            message = gettext("Sie gehören schon zu einer Organisation mit diesem Namen.")
            raise forms.ValidationError(message, "own")
        return name

    def clean_mail_domain(self) -> str:
        """Let nobody claim the addresses of others."""
        domain: str = self.cleaned_data["mail_domain"].lower().removeprefix("@")
        own = self.user.email.rpartition("@")[2].lower()
        if domain not in {"", own, self.instance.mail_domain}:
            message = gettext("Sie können nur die Domain Ihrer eigenen Adresse angeben: %(own)s")
            raise forms.ValidationError(message % {"own": own}, "foreign")
        return domain

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if kind in PLACES:
            self._clean_place(data)
        else:
            data["municipality"] = None
        if kind == Organisation.Kind.INTERMEDIARY and not data.get("intermediary_kind"):
            self.add_error("intermediary_kind", gettext("Bitte wählen Sie die Art aus."))
        if kind == Organisation.Kind.STATE_AGENCY and not data.get("state"):
            self.add_error("state", gettext("Bitte wählen Sie das Bundesland aus."))
        if kind != Organisation.Kind.INTERMEDIARY:
            data["intermediary_kind"] = ""
        return data

    def _clean_place(self, data: dict[str, Any]) -> None:
        place: Municipality | None = data.get("municipality")
        if not place:
            if "municipality" not in self.errors:
                self.add_error("municipality", gettext("Bitte nennen Sie die Kommune."))
            return
        data["state"] = place.state
        is_district = place.kind == Municipality.Kind.DISTRICT
        if is_district != (data["kind"] == Organisation.Kind.DISTRICT):
            self.add_error("municipality", gettext("Das passt nicht zur Art der Organisation."))
        others = Organisation.objects.filter(municipality=place, kind=data["kind"])
        is_theirs = others.filter(pk=self.instance.pk).exists()
        if others.exists() and not is_theirs:
            self.add_error(
                "municipality",
                gettext("Diese Organisation gibt es schon. Bitte fragen Sie dort den Beitritt an."),
            )

    def save(self, commit: bool = True) -> Organisation:
        organisation: Organisation = self.instance
        if not organisation.slug:
            start = german_slug(organisation.name)[:60]
            rows = Organisation.objects.filter(slug__startswith=start)
            slugs = rows.values_list("slug", flat=True)
            organisation.slug = free_slug(organisation.name, slugs)
        saved: Organisation = super().save(commit)
        return saved
