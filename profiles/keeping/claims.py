"""What a provider states about standards, as rows of one page."""

from collections.abc import Iterable, Set
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.keeping.models import Data
from profiles.keeping.standing import unchecked
from profiles.models import Standard, StandardClaim


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClaimForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a provider may say of a standard: that it was checked is not for it to say."""

    class Meta:
        model = StandardClaim
        fields = (
            "version_or_level",
            "scope",
            "issuer",
            "certificate_no",
            "evidence_url",
            "valid_from",
            "valid_until",
        )
        widgets: ClassVar = {"valid_from": DayInput(), "valid_until": DayInput()}

    OWN: ClassVar = [choice for choice in StandardClaim.Status.choices if choice[0] != "verified"]
    VERIFIED = StandardClaim.Status.VERIFIED

    standard = forms.ChoiceField(label=_("Standard"))
    status = forms.ChoiceField(label=_("Stand"), choices=OWN, initial="self_declared")
    evidence_url = forms.URLField(
        label=_("Adresse des Nachweises"), required=False, assume_scheme="https"
    )

    field_order = ("standard", "status")

    def __init__(
        self, *args: Any, standards: dict[str, str], with_file: Set[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.standards, self.with_file = standards, with_file
        for day in ("valid_from", "valid_until"):
            self.initial[day] = parse_date(self.initial.get(day) or "")
        self.fields["standard"].choices = [("", "–"), *standards.items()]  # type: ignore[attr-defined]
        if self.was_verified:
            kept = (self.VERIFIED.value, _("Nachweis geprüft (Änderungen heben das auf)"))
            self.fields["status"].choices = [kept, *self.OWN]  # type: ignore[attr-defined]

    @property
    def was_verified(self) -> bool:
        return bool(self.initial.get("status") == self.VERIFIED)

    @property
    def heading(self) -> str:
        name = self.standards.get(self.initial.get("standard", ""))
        return name or gettext("Weiterer Standard")

    @property
    def states_something(self) -> bool:
        return "standard" in self.initial or self.has_changed()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        changed = set(self.changed_data) - {"DELETE"}
        has_file = data.get("standard") in self.with_file
        if data.get("status") == self.VERIFIED and changed:
            data["status"] = unchecked(data, has_file=has_file)
        is_new = not changed.isdisjoint({"standard", "status", "evidence_url"})
        backed = has_file or data.get("evidence_url")
        if data.get("status") == "evidence_uploaded" and is_new and not backed:
            message = gettext("Bitte nennen Sie die Adresse des Nachweises.")
            self.add_error("evidence_url", message)
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", gettext("Die Gültigkeit endet, bevor sie beginnt."))
        return data

    def values(self) -> Data:
        names = [name for name in self.fields if name != "DELETE"]
        return {name: _text(self.cleaned_data[name]) for name in names}


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


class BaseClaims(forms.BaseFormSet):  # type: ignore[type-arg]
    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = gettext("diese Angabe löschen")

    def clean(self) -> None:
        seen = set()
        for form in self.stated():
            standard = form.cleaned_data.get("standard")
            if standard in seen:
                message = gettext("Zu diesem Standard gibt es schon eine Angabe.")
                form.add_error("standard", message)
            seen.add(standard)

    def stated(self) -> Iterable[ClaimForm]:
        """Those that say something and are not to go."""
        gone = self.deleted_forms
        return [form for form in self.forms if form.states_something and form not in gone]

    def values(self) -> Data:
        return {"claims": [form.values() for form in self.stated()]}


_ClaimSet = forms.formset_factory(
    ClaimForm,
    formset=BaseClaims,
    extra=1,
    can_delete=True,
    can_delete_extra=False,
    max_num=40,
    absolute_max=60,
)


def claim_set(data: Any, stated: list[Data], *, with_file: Set[str]) -> BaseClaims:
    """Return the rows for what is stated so far, and an empty one.

    `with_file` are the standards, by key, behind whose claims a file lies.
    """
    standards = {standard.key: standard.name for standard in Standard.objects.all()}
    form_kwargs = {"standards": standards, "with_file": with_file}
    made: BaseClaims = _ClaimSet(data, initial=stated, prefix="claims", form_kwargs=form_kwargs)  # type: ignore[assignment]
    return made


def as_sent(claims: list[Data]) -> Data:
    """Return what is stated as if a page had sent it."""
    sent: Data = {"claims-TOTAL_FORMS": len(claims), "claims-INITIAL_FORMS": len(claims)}
    for number, claim in enumerate(claims):
        sent |= {f"claims-{number}-{name}": value or "" for name, value in claim.items()}
    return sent
