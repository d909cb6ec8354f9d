from collections.abc import Iterator

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from profiles.mail.kinds import SUBJECTS, SWITCHABLE
from profiles.mail.kinds.kind import Text
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

    def subjects(self) -> Iterator[tuple[Text, list[BoundField]]]:
        """Yield what the mails are about, each with its boxes."""
        for subject in SUBJECTS:
            yield subject.name, [self[kind.key] for kind in subject.kinds if kind in SWITCHABLE]

    def save(self) -> None:
        wanted = {key for key, chosen in self.cleaned_data.items() if chosen}
        MailPreference.objects.switch(self.user, wanted)
