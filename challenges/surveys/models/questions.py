"""What a survey asks. A question may be reworded; what was asked of somebody is kept."""

from collections.abc import Mapping
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from challenges.surveys.models.surveys import NeedsSurvey
from profiles.models.bilingual import localized


class Section(models.Model):
    """A page of the form (Abschnitt)."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    title_de = models.CharField(_("Titel (deutsch)"), max_length=160)
    title_en = models.CharField(_("Titel (englisch)"), max_length=160, blank=True)
    text_de = models.TextField(_("Erläuterung (deutsch)"), blank=True)
    text_en = models.TextField(_("Erläuterung (englisch)"), blank=True)

    class Meta:
        verbose_name = _("Abschnitt")
        verbose_name_plural = _("Abschnitte")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def text(self) -> str:
        return localized(self, "text")


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> Self:
        """Those that the form shows; what was taken out stays with the answers it got."""
        return self.filter(removed_at=None)

    def in_order(self) -> Self:
        return self.order_by("section__position", "section", "position", "pk")

    def with_wording(self) -> Self:
        """Load the wording in force and the section: no query for either afterwards."""
        return self.select_related("wording", "section")

    def put_to(self, values: Mapping[str, Any]) -> list["Question"]:
        """Those that are asked of whoever has given these answers, in this order.

        What hangs on a question that is not asked is not asked either.
        """
        found, asked = [], dict(values)
        for question in self:
            if question.wording and question.wording.is_asked(asked):
                found.append(question)
            else:
                asked.pop(question.key, None)
        return found


class Question(models.Model):
    """A question by its identity: where it stands, and which wording is in force (Frage)."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    key = models.SlugField(_("Schlüssel"), max_length=60)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    wording = models.ForeignKey(
        "Wording", models.PROTECT, null=True, related_name="in_force_for", verbose_name=_("Fassung")
    )
    removed_at = models.DateTimeField(_("herausgenommen am"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Frage")
        verbose_name_plural = _("Fragen")
        ordering = ["section__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "key"],
                name="question_key_once_in_a_survey",
                violation_error_message=_("Diesen Schlüssel hat schon eine andere Frage."),
            )
        ]

    def __str__(self) -> str:
        return str(self.wording or self.key)

    @transaction.atomic
    def reword(self, **fields: Any) -> "Wording":
        """Put a wording in force.

        One that somebody has answered is never changed: then it is a new one, with the next
        number, and the answers keep theirs.
        """
        Question.objects.select_for_update().get(pk=self.pk)
        current = self.wording
        if current and not current.answers.exists():
            for name, value in fields.items():
                setattr(current, name, value)
            current.save()
            return current
        last = self.wordings.aggregate(last=Max("number"))["last"] or 0
        kept = {name: getattr(current, name) for name in Wording.CONTENT} if current else {}
        self.wording = self.wordings.create(number=last + 1, **kept | fields)
        self.save(update_fields=["wording"])
        return self.wording


class Wording(models.Model):
    """One version of a question (Fassung): an answer keeps the one that it answered."""

    class Kind(models.TextChoices):
        SINGLE_CHOICE = "single_choice", _("eine Antwort auswählen")
        MULTIPLE_CHOICE = "multiple_choice", _("mehrere Antworten auswählen")
        PRIORITY_MATRIX = "priority_matrix", _("Themen nach Wichtigkeit bewerten")
        RANKING = "ranking", _("in eine Reihenfolge bringen")
        NUMBER = "number", _("Zahl mit Einheit")
        FREE_TEXT = "free_text", _("Text")
        NEED = "need", _("Bedarf in eigenen Worten")
        CONTACT_CONSENT = "contact_consent", _("Einverständnis zum Kontakt")

    CONTENT = (
        "kind",
        "text_de",
        "text_en",
        "help_de",
        "help_en",
        "is_required",
        "options",
        "limits",
        "condition",
    )

    question = models.ForeignKey(Question, models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField(_("Nummer der Fassung"))
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    text_de = models.CharField(_("Frage (deutsch)"), max_length=500)
    text_en = models.CharField(_("Frage (englisch)"), max_length=500, blank=True)
    help_de = models.TextField(_("Hinweis (deutsch)"), blank=True)
    help_en = models.TextField(_("Hinweis (englisch)"), blank=True)
    is_required = models.BooleanField(_("Pflichtfrage"), default=False)
    # [{"id": "a", "label_de": "…", "label_en": "…", "topic": "key of a Topic or absent"}, …]
    options = models.JSONField(_("Auswahl oder Themen"), default=list, blank=True)
    # {"unit": "EUR", "min": 0, "max": 200} · {"max_chars": 600} · {"ranks": 3}
    limits = models.JSONField(_("Grenzen"), default=dict, blank=True)
    # {"question": "key", "any_of": ["a", "b"]}: asked only then; {} always
    condition = models.JSONField(_("nur fragen, wenn"), default=dict, blank=True)

    class Meta:
        verbose_name = _("Fassung einer Frage")
        verbose_name_plural = _("Fassungen von Fragen")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="wording_number_once")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return localized(self, "text")

    @property
    def help(self) -> str:
        return localized(self, "help")

    def is_asked(self, values: Mapping[str, Any]) -> bool:
        """Whether the condition holds, given the values of the answers by key of question."""
        if not self.condition:
            return True
        value = values.get(self.condition["question"])
        chosen = value if isinstance(value, list) else [value]
        given = {one for one in chosen if isinstance(one, str)}
        return bool(given & set(self.condition["any_of"]))
