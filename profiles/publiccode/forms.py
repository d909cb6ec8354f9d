from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.files.receiving import Upload
from profiles.keeping.models import SolutionDraft
from profiles.models.memberships import Membership
from profiles.models.people import AnyUser
from profiles.models.providers import Provider
from profiles.publiccode.importing import report_on
from profiles.publiccode.reports import Report
from profiles.publiccode.vocabulary import Vocabulary
from profiles.publiccode.yaml import MOST_CHARACTERS, UnreadableError

NEW, EXISTING = "new", "draft"


class SourceForm(forms.Form):
    """A file or a text; never an address, which would make our server fetch it."""

    file = forms.FileField(
        label=_("Datei publiccode.yml"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yml,.yaml"}),
    )
    text = forms.CharField(
        label=_("oder ihr Inhalt"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
    )
    report: Report

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        upload: Upload | None = data.get("file")
        field = "file" if upload else "text"
        if not self.errors:
            try:
                data["text"] = _decoded(upload) if upload else data["text"]
                if not data["text"].strip():
                    raise UnreadableError(
                        gettext("Bitte wählen Sie eine Datei aus, oder fügen Sie den Inhalt ein.")
                    )
                self.report = report_on(data["text"], Vocabulary.load())
            except UnreadableError as error:
                self.add_error(field, error)
        return data


def _decoded(upload: Upload) -> str:
    if (upload.size or 0) > min(settings.UPLOAD_MAX_BYTES, 4 * MOST_CHARACTERS):
        raise UnreadableError(gettext("Die Datei ist zu groß für eine publiccode.yml."))
    try:
        return upload.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(gettext("Die Datei ist kein Text in UTF-8.")) from None


class TargetForm(forms.Form):
    """Where the data goes: a new draft of one of the person's providers, or one in work."""

    target = forms.ChoiceField(label=_("Wohin?"))

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = [*_new(user), *_existing(user)]


def providers_of(user: AnyUser) -> list[Provider]:
    """Those for which the person may write."""
    own = Membership.objects.deciders().of_person(user)
    rows = Provider.objects.filter(organisation__in=own.values("organisation"))
    return list(rows.select_related("organisation").order_by("organisation__sort_name", "pk"))


def _new(user: AnyUser) -> list[tuple[str, str]]:
    text = gettext("in einen neuen Entwurf von %(provider)s")
    return [(f"{NEW}:{row.pk}:0", text % {"provider": row}) for row in providers_of(user)]


def _existing(user: AnyUser) -> list[tuple[str, str]]:
    """The version goes along: what somebody has changed meanwhile is not overwritten."""
    text = gettext("in den Entwurf „%(title)s“ (%(provider)s)")
    drafts = SolutionDraft.objects.editable_by(user).in_work().for_rows().latest_first()
    return [
        (f"{EXISTING}:{row.pk}:{row.version}", text % {"title": row, "provider": row.provider})
        for row in drafts
    ]
