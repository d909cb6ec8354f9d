from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.files.inspection import Accepted, Format, RefusedError, inspect
from profiles.files.inspection.kinds import DOCUMENTS, IMAGES
from profiles.files.models import SolutionFile
from profiles.files.receiving import Upload
from profiles.files.scanning import scan


class UploadField(forms.FileField):
    """Gives an Accepted for what was uploaded, or says why we do not take it."""

    widget = forms.FileInput
    default_error_messages = {
        "empty": _("Die Datei ist leer (0 Byte)."),
        "required": _("Bitte wählen Sie eine Datei aus."),
    }

    def __init__(
        self, *, formats: Collection[Format], audience: str | Promise = "", **kwargs: Any
    ) -> None:
        self.formats, self.audience = formats, audience
        super().__init__(**kwargs)
        endings = sorted(ending for format in formats for ending in format.extensions)
        self.widget.attrs["accept"] = ",".join(endings)
        if not self.help_text:
            self.help_text = lazy(self._limits, str)()

    def _limits(self) -> str:
        labels = ", ".join(sorted(format.label for format in self.formats))
        most = settings.UPLOAD_MAX_BYTES // 1024**2
        limits = gettext("%(labels)s; höchstens %(most)s MB") % {"labels": labels, "most": most}
        return f"{self.audience} {limits}".lstrip()

    def clean(self, data: Any, initial: Any = None) -> Accepted | None:
        upload: Upload | None = super().clean(data, initial)
        if upload is None:
            return None
        if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
            most = settings.UPLOAD_MAX_BYTES // 1024**2
            text = gettext("Die Datei ist zu groß. Höchstens %(most)s MB sind möglich.")
            raise RefusedError(text % {"most": most})
        content = upload.read()
        accepted = inspect(content, upload.name or "", self.formats)
        scan(content)
        return accepted


class ScreenshotForm(forms.Form):
    file = UploadField(label=_("Bild"), formats=IMAGES)
    alt_text = forms.CharField(
        label=_("Was auf dem Bild zu sehen ist"),
        help_text=_("Ein Satz für alle, die das Bild nicht sehen. Er wird ihnen vorgelesen."),
        max_length=250,
    )


class DocumentForm(forms.Form):
    file = UploadField(label=_("Dokument"), formats=DOCUMENTS)


class EvidenceForm(forms.Form):
    file = UploadField(label=_("Nachweis"), formats=DOCUMENTS | IMAGES)


class MoveForm(forms.Form):
    by = forms.TypedChoiceField(choices=[("-1", "-1"), ("1", "1")], coerce=int)


class AltTextForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SolutionFile
        fields = ["alt_text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alt_text"].required = True  # only pictures come here
