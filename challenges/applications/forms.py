from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from challenges.applications import content
from challenges.applications.drafts import Draft
from challenges.applications.models import Application, FileSlot, FormQuestion, PricePosition
from profiles.files.forms import UploadField
from profiles.files.inspection.kinds import DOCUMENTS, IMAGES
from profiles.models import Organisation


class DraftForm(forms.Form):
    """What the challenge asks; gaps and answers too long may be kept, but not handed in."""

    def __init__(self, *args: Any, application: Application, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in application.challenge.form_questions.all():
            self.fields[f"answer_{question.pk}"] = _answer(question, draft)
        for position in application.challenge.price_positions.all():
            self.fields[f"price_{position.pk}"] = _price(position, draft)
        self.fields["solution"] = forms.ModelChoiceField(
            content.solutions_of(application),
            label=_("Ihre Lösung"),
            help_text=_("Sie wird so beigelegt, wie sie beim Einreichen beschrieben ist."),
            empty_label=gettext("keine beilegen"),
            required=False,
            initial=draft["solution"],
        )

    @property
    def draft(self) -> Draft:
        solution = self.cleaned_data["solution"]
        return {
            "answers": {key: text for key, text in self._cleaned("answer_") if text},
            "prices": {key: str(sum) for key, sum in self._cleaned("price_") if sum is not None},
            "solution": solution.pk if solution else None,
        }

    def _cleaned(self, prefix: str) -> Iterator[tuple[str, Any]]:
        for name, value in self.cleaned_data.items():
            if name.startswith(prefix):
                yield name.removeprefix(prefix), value


def _answer(question: FormQuestion, draft: Draft) -> forms.CharField:
    count = question.max_words
    most = ngettext("Höchstens %(count)s Wort.", "Höchstens %(count)s Wörter.", count)
    most %= {"count": count}
    return forms.CharField(
        label=question.text,
        help_text=f"{question.hint} {most}".strip(),
        max_length=content.LONGEST_ANSWER,
        required=False,
        initial=draft["answers"].get(str(question.pk), ""),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


def _price(position: PricePosition, draft: Draft) -> forms.DecimalField:
    given = draft["prices"].get(str(position.pk))
    return forms.DecimalField(
        label=gettext("%(label)s (Euro, netto)") % {"label": position.label},
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
        required=False,
        initial=Decimal(given) if given else None,
    )


class PartnerForm(forms.Form):
    name = forms.CharField(
        label=_("Name der Organisation"),
        help_text=_("So, wie sie auf diesem Marktplatz heißt."),
        max_length=200,
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application

    def clean_name(self) -> Organisation:
        kinds = [Organisation.Kind.PROVIDER, Organisation.Kind.INTERMEDIARY]
        others = Organisation.objects.exclude(pk=self.application.organisation_id)
        others = others.filter(kind__in=kinds)
        found = others.filter(name__iexact=self.cleaned_data["name"].strip()).owned().first()
        if found is None:
            raise ValidationError(
                gettext("So heißt hier keine Organisation, die jemand für sie vertritt.")
            )
        if self.application.partners.filter(organisation=found).exists():
            raise ValidationError(gettext("Diese Organisation ist schon gefragt."))
        return found


class CopyForm(forms.Form):
    copy = forms.FileField(
        label=_("Ihre Kopie"),
        help_text=_("Die JSON-Datei, die Sie vor dem Einreichen gespeichert haben."),
        required=False,
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.draft: Draft | None = None

    def clean_copy(self) -> Any:
        given = self.cleaned_data["copy"]
        if given:
            if given.size > content.LARGEST_COPY:
                raise ValidationError(gettext("Die Datei ist zu groß."))
            self.draft = content.from_copy(self.application, given.read())
        return given


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = FormQuestion
        fields = ["text", "hint", "max_words", "is_required"]


class PositionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = PricePosition
        fields = ["label"]


class SlotForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = FileSlot
        fields = ["name", "is_required"]
        help_texts = {"name": _("Zum Beispiel: Zeitplan, Datenschutzkonzept.")}


class FileForm(forms.Form):
    file = UploadField(label=_("Datei"), formats=DOCUMENTS | IMAGES)
    hides_names = forms.BooleanField(
        label=_("Die Datei verrät nicht, von wem sie ist"),
        help_text=_(
            "Keine Namen und Logos, auch nicht in den Eigenschaften der Datei. Nur solche Dateien "
            "bekommt, wer Ihre Bewerbung ohne Namen bewertet."
        ),
        required=False,
    )
    use_required_attribute = False


SHORTEST_PASSPHRASE = 16


class NewPassphraseForm(forms.Form):
    passphrase = forms.CharField(
        label=_("Neue Passphrase"),
        help_text=_("Mindestens 16 Zeichen, zum Beispiel fünf Wörter ohne Zusammenhang."),
        min_length=SHORTEST_PASSPHRASE,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Noch einmal"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "passphrase" in data and data.get("again") != data["passphrase"]:
            self.add_error("again", gettext("Die beiden Eingaben sind verschieden."))
        return data


class PassphraseForm(forms.Form):
    passphrase = forms.CharField(
        label=_("Ihre Passphrase"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
