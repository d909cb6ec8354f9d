"""Who judges the applications of a challenge, and what each said of conflicts of interest."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from challenges.applications.models import Application
from challenges.calls.lifecycle import State
from challenges.calls.models import Challenge
from profiles.models import User
from profiles.models.people import AnyUser


class Panel(models.Model):
    """The round of judging of a challenge; `closed_at`: from then on scores are agreed upon."""

    challenge = models.OneToOneField(
        Challenge, models.PROTECT, primary_key=True, related_name="panel"
    )
    spread = models.PositiveSmallIntegerField(
        _("Hervorheben, wenn Punkte um mehr auseinanderliegen als"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    closed_at = models.DateTimeField(_("Einzelbewertung geschlossen am"), null=True)

    class Meta:
        verbose_name = _("Bewertungsrunde")
        verbose_name_plural = _("Bewertungsrunden")

    def __str__(self) -> str:
        return str(self.challenge)


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    def of_person(self, user: AnyUser) -> Self:
        return self.filter(user=user.pk)

    def judging(self) -> Self:
        """There is something opened to judge, and nobody has closed the individual round."""
        return self.filter(
            panel__closed_at=None,
            panel__challenge__state=State.EVALUATION,
            panel__challenge__seal_key__opened_at__isnull=False,
        )

    def unlocked(self) -> Self:
        return self.filter(locked_at=None)

    def with_declared(self) -> Self:
        """Annotate `has_declared`: whether the person said something of conflicts of interest."""
        return self.annotate(
            has_declared=Exists(Declaration.objects.filter(reviewer=OuterRef("pk")))
        )

    def for_rows(self) -> Self:
        return self.select_related("user", "panel__challenge__organisation").order_by("pk")

    def for_progress(self) -> Self:
        """Load what says how far each is: 3 queries more, whatever the count."""
        return self.for_rows().prefetch_related(
            "declarations__scores", "panel__challenge__criteria"
        )


class Reviewer(models.Model):
    """A person who judges (Gutachter:in); one of a panel is the chair (Vorsitz)."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="reviewers")
    user = models.ForeignKey(User, models.PROTECT, related_name="reviews", verbose_name=_("Person"))
    is_chair = models.BooleanField(_("Vorsitz"), default=False)
    invited_at = models.DateTimeField(_("eingeladen am"))
    locked_at = models.DateTimeField(_("Bogen abgeschlossen am"), null=True)

    has_declared: bool  # by with_declared()

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Gutachter:in")
        verbose_name_plural = _("Gutachter:innen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "user"], name="reviewer_once"),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(is_chair=True), name="reviewer_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def free(self) -> Self:
        """Without a conflict of interest."""
        return self.filter(has_conflict=False)

    def scorable_by(self, user: AnyUser) -> Self:
        """Those whose application the person may read and judge now."""
        mine = Reviewer.objects.of_person(user).judging().unlocked()
        return self.free().filter(reviewer__in=mine.values("pk"))

    def by_letter(self) -> Self:
        return self.order_by("letter", "pk")


class Declaration(models.Model):
    """What a reviewer says of an applicant before seeing anything that it wrote.

    `letter` is the name of the application in the blind round. A score hangs on a declaration, and
    the database refuses one where there is a conflict.
    """

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="declarations")
    application = models.ForeignKey(Application, models.PROTECT, related_name="declarations")
    letter = models.CharField(_("Bezeichnung"), max_length=3)
    has_conflict = models.BooleanField(_("befangen"))
    note = models.CharField(_("Worin der Konflikt liegt"), max_length=300, blank=True)
    at = models.DateTimeField(_("erklärt am"))

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Erklärung zu Interessenkonflikten")
        verbose_name_plural = _("Erklärungen zu Interessenkonflikten")
        ordering = ["reviewer", "letter"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "application"], name="declaration_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.application}"
