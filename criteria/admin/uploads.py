"""A file between the two steps of an import: it waits in the page, signed, and nowhere else."""

import base64
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from criteria.catalogue.importing.reading import LARGEST

SALT = "criteria.import"
WAITS = 2 * 60 * 60  # seconds


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes

    @property
    def signed(self) -> str:
        text = base64.b64encode(self.content).decode()
        return signing.dumps([self.name, text], salt=SALT, compress=True)

    @classmethod
    def from_signed(cls, text: str) -> Self | None:
        try:
            name, content = signing.loads(text, salt=SALT, max_age=WAITS)
        except signing.BadSignature:
            return None
        return cls(name, base64.b64decode(content))


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Datei"),
        help_text=_("Der Export als Text, oder CSV, XLSX, JSON mit Spaltennamen. Bis 1 Megabyte."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(gettext("Die Datei ist zu groß. Erlaubt ist 1 Megabyte."))
        return file

    @property
    def upload(self) -> Upload:
        file = self.cleaned_data["file"]
        return Upload(file.name, file.read())
