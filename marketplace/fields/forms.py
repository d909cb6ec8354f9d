from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import FieldOfAction
from profiles.models import Provider


class FieldForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = FieldOfAction
        fields = ("title", "description", "topic")
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "description": _("Steht auf der öffentlichen Seite, wenn Sie sie veröffentlichen.")
        }


class InviteForm(forms.Form):
    """Who is invited, among those who fit and can be reached; and what is written to them."""

    def __init__(self, *args: Any, providers: list[Provider], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(provider.pk): provider for provider in providers}
        self.fields["providers"] = forms.MultipleChoiceField(
            choices=[(key, str(one.organisation)) for key, one in self.known.items()],
            label=_("Anbieter"),
            error_messages={"required": _("Bitte wählen Sie mindestens einen Anbieter.")},
        )
        self.fields["message"] = forms.CharField(
            label=_("Ihre Nachricht"),
            help_text=_("Alle ausgewählten Anbieter bekommen dieselbe Nachricht."),
            max_length=3000,
            widget=forms.Textarea(attrs={"rows": 6}),
            error_messages={"required": _("Bitte schreiben Sie, worum es geht.")},
        )

    @property
    def chosen(self) -> list[Provider]:
        return [self.known[key] for key in self.cleaned_data["providers"]]


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("Was ist daraus geworden?"),
        help_text=_(
            "Geht einmal per E-Mail an alle befragten Kommunen mit einem Bedarf in diesem "
            "Handlungsfeld und lässt sich danach nicht mehr ändern."
        ),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Bitte schreiben Sie, was daraus geworden ist.")},
    )
