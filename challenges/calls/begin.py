from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from challenges.calls.models import Challenge
from challenges.calls.people import posting_for
from challenges.calls.starting import (
    Given,
    from_challenge,
    from_needs,
    from_template,
    templates,
)
from challenges.needs.models import Need
from profiles.models import User

MOST_COPIES = 50


class StartForm(forms.Form):
    """What a draft begins with: a title, for whom, and from what."""

    title = forms.CharField(
        label=_("Worum geht es?"),
        help_text=_("Was soll besser werden? Sie können den Titel später ändern."),
        max_length=160,
    )
    organisation: Any = forms.ModelChoiceField(
        queryset=None, label=_("Für welche Organisation?"), to_field_name="slug", empty_label=None
    )
    source = forms.ChoiceField(label=_("Womit beginnen?"), required=False)

    def __init__(self, *args: Any, user: User, asked: QueryDict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.visible = Challenge.objects.visible_to(user)
        numbers = [value for value in asked.getlist("need") if value.isdecimal()][:50]
        needs = Need.objects.visible_to(user).filter(pk__in=numbers)
        self.needs = list(needs.prefetch_related("topics", "standards").order_by("pk"))
        if self.needs:
            self.initial["title"] = self.needs[0].title
        copied = asked.get("copy", "").replace("\0", "")
        self.initial["source"] = f"copy:{copied}"
        posting: Any = self.fields["organisation"]
        posting.queryset = posting_for(user)
        source: Any = self.fields["source"]
        source.choices = self._sources(user)

    def _sources(self, user: User) -> list[Any]:
        wanted = str(self.initial["source"]).removeprefix("copy:")
        own = Challenge.objects.of_member(user).order_by("-created_at", "-pk")[:MOST_COPIES]
        copies = {call.slug: call.title for call in own}
        if wanted and wanted not in copies:
            copies |= {call.slug: call.title for call in self.visible.filter(slug=wanted)}
        patterns = [(f"template:{row['key']}", _name(row)) for row in templates()]
        found: list[Any] = [("", _("leer")), (_("Vorlagen"), patterns)]
        if copies:
            found.append((_("Kopie von"), [(f"copy:{key}", name) for key, name in copies.items()]))
        return found

    def given(self) -> Given:
        """Return what the draft begins with; the needs win over what a template says."""
        kind, _colon, key = self.cleaned_data["source"].partition(":")
        given: Given = {}
        if kind == "template":
            given = from_template(key)
        elif kind == "copy":
            given = from_challenge(self.visible.get(slug=key))
        return given | {name: value for name, value in from_needs(self.needs).items() if value}


def _name(row: dict[str, Any]) -> str:
    is_english = (get_language() or "").startswith("en")
    return str(row["name_en"] if is_english else row["name_de"])
