from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.feedback.models import Rejection


class RejectionForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Warum passt die Lösung nicht?"),
        choices=[("", _("Bitte wählen")), *Rejection.Reason.choices],
        error_messages={"required": _("Bitte wählen Sie einen Grund.")},
    )
    text = forms.CharField(
        label=_("In Ihren Worten"),
        help_text=_("Das lesen nur Ihre Organisation und die Betreiberin, nicht der Anbieter."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where the choice says nothing."""
        data = self.cleaned_data
        other = data.get("reason") == Rejection.Reason.OTHER
        if other and not data.get("text") and not self.has_error("text"):
            self.add_error("text", gettext("Bitte nennen Sie den Grund in Ihren Worten."))
        return data
