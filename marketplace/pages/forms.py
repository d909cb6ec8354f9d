from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from marketplace.pages.models import AccessibilityReport

LONGEST_MESSAGE = 10_000


def own_path(address: str) -> str:
    """Return the address if it is a path of this site, else nothing."""
    is_path = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    return address if is_path else ""


class AccessibilityReportForm(forms.ModelForm):  # type: ignore[type-arg]
    message = forms.CharField(
        label=_("Was hat Sie gehindert?"),
        help_text=_(
            "Was wollten Sie tun, was geschah, und womit lesen Sie (Browser, Screenreader, "
            "Vergrößerung …)? Stichworte genügen."
        ),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": _("Bitte schreiben Sie, was Sie gehindert hat.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    trap = forms.CharField(required=False)  # invisible: people leave it empty, programs do not

    class Meta:
        model = AccessibilityReport
        fields = ["url", "message", "email"]
        labels = {"url": _("Auf welcher Seite?")}
        help_texts = {
            "url": _("Die Adresse oder der Name der Seite."),
            "email": _("Ohne sie können wir Ihnen nicht antworten."),
        }
        error_messages = {
            "email": {"invalid": _("Bitte geben Sie eine vollständige Adresse an: name@ort.de")}
        }
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "email"})}

    def clean_trap(self) -> str:
        """Stop programs; a person who got here can send again, since the field comes back empty."""
        if self.cleaned_data["trap"]:
            self.add_error(
                None, _("Ein unsichtbares Feld war ausgefüllt. Bitte senden Sie erneut.")
            )
        return ""
