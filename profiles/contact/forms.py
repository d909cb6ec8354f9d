from django import forms
from django.utils.translation import gettext_lazy as _

from profiles.contact.models import LONGEST


class NewForm(forms.Form):
    subject = forms.CharField(label=_("Betreff"), max_length=150)
    text = forms.CharField(
        label=_("Ihre Nachricht"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 7})
    )


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Ihre Antwort"),
        help_text=_("Auch eine Absage ist eine Antwort: Ein Satz genügt."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("Was ist daran nicht in Ordnung?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
