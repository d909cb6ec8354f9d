from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.shortlists.models import ShortlistEntry

LONGEST_NOTE = 5_000


class StateForm(forms.Form):
    """The state of an entry; carries the version that the person saw."""

    state = forms.ChoiceField(label=_("Stand"), choices=ShortlistEntry.State.choices)
    reason = forms.CharField(
        label=_("Grund"),
        help_text=_("Nur für „ausgeschieden“: Warum kommt diese Lösung nicht in Frage?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where one is due, and drop it elsewhere."""
        data = self.cleaned_data
        if data.get("state") != ShortlistEntry.State.OUT:
            data["reason"] = ""
        elif not data.get("reason") and not self.has_error("reason"):
            self.add_error("reason", gettext("Bitte nennen Sie den Grund des Ausscheidens."))
        return data

    @property
    def state_label(self) -> str:
        """The state that was chosen, in words; for a valid form."""
        return str(ShortlistEntry.State(self.cleaned_data["state"]).label)

    def renew(self, version: int) -> None:
        """Let the person decide again, knowing what the others did: keep what they entered."""
        self.data = dict(self.data.items()) | {"version": str(version)}


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Neue Notiz"),
        help_text=_("Notizen lesen alle aus Ihrer Organisation. Sie bleiben so stehen."),
        max_length=LONGEST_NOTE,
        error_messages={"required": _("Bitte schreiben Sie etwas in die Notiz.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
