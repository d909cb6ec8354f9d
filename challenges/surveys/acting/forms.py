from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.surveys.acting.models import ProviderInvitation


class ReplyForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Ihre Antwort"),
        choices=[
            (ProviderInvitation.Answer.INTERESTED, _("Wir sind interessiert")),
            (ProviderInvitation.Answer.DECLINED, _("Wir sagen ab")),
        ],
        error_messages={"required": _("Bitte wählen Sie eine Antwort.")},
    )
    reason = forms.CharField(
        label=_("Grund oder Nachricht"),
        help_text=_("Bei einer Absage nötig: Eine Absage mit Grund hilft mehr als Schweigen."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        declined = data.get("answer") == ProviderInvitation.Answer.DECLINED
        if declined and not data.get("reason") and not self.has_error("reason"):
            self.add_error("reason", gettext("Bitte nennen Sie den Grund der Absage."))
        return data
