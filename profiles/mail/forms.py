from django import forms
from django.http import QueryDict

from profiles.mail.kinds import SWITCHABLE
from profiles.mail.preferences import MailPreference
from profiles.models.people import User


class MailPreferenceForm(forms.Form):
    """A box for each kind of mail that can be switched off."""

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        off = set(MailPreference.objects.of(user).values_list("kind", flat=True))
        for kind in SWITCHABLE:
            self.fields[kind.key] = forms.BooleanField(
                label=str(kind.name),
                help_text=str(kind.trigger),
                required=False,
                initial=kind.key not in off,
            )

    def save(self) -> None:
        wanted = {key for key, chosen in self.cleaned_data.items() if chosen}
        MailPreference.objects.switch(self.user, wanted)
