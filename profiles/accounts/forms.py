from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from profiles.models import User


class NamesForm(forms.Form):
    """What the sign-up asks beyond allauth's own fields, which come below; allauth saves it."""

    first_name = forms.CharField(
        label=_("Vorname"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Nachname"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    field_order = ("first_name", "last_name", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing is left to save: a method that allauth insists on."""
