from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds import SUBJECTS, SWITCHABLE
from profiles.mail.kinds.kind import Text
from profiles.mail.preferences import MailPreference
from profiles.models.people import User


class MailPreferenceForm(forms.Form):
    """The language of the mails, and a box for each kind that can be switched off."""

    language = forms.ChoiceField(label=_("Sprache der Mails"), choices=settings.LANGUAGES)

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data, initial={"language": user.language})
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
        wanted = {kind.key for kind in SWITCHABLE if self.cleaned_data[kind.key]}
        MailPreference.objects.switch(self.user, wanted)
        self.user.language = self.cleaned_data["language"]
        self.user.save(update_fields=["language"])
