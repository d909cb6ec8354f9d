from typing import Any

from django import forms
from django.utils.translation import gettext

from profiles.slugs import german_slug

LONGEST_SLUG = 80


class SlugForm(forms.ModelForm):  # type: ignore[type-arg]
    """Makes the address of a page from its title where it is left empty."""

    made_from = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = gettext("Leer bedeutet: wird aus dem Titel gebildet.")

    def clean_slug(self) -> str:
        title = self.cleaned_data.get(self.made_from, "")
        return self.cleaned_data["slug"] or german_slug(title)[:LONGEST_SLUG]
