from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.calls.lifecycle import State
from challenges.calls.models import Challenge
from profiles.models import Membership, Organisation, User
from profiles.models.people import AnyUser

TAKING = (State.PUBLISHED, State.QUESTIONS_OPEN, State.APPLICATIONS_OPEN, State.EVALUATION)


def is_in_time(challenge: Challenge, *, arrived_at: datetime, at: datetime) -> bool:
    """Whether what arrived then, and is ready to be sealed at `at`, is in time.

    The second of the deadline is included. What arrived in time may take some minutes more to be
    transferred. The state may already say that the time is over: a worker writes it down meanwhile.
    """
    begins, ends = challenge.applications_from, challenge.applications_until
    if challenge.state not in TAKING or begins is None or ends is None:
        return False
    return begins <= arrived_at <= ends and at <= ends + grace()


def grace() -> timedelta:
    return timedelta(minutes=settings.APPLICATION_GRACE_MINUTES)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """The words for whose application it is; nobody else, no admin either, has one for it."""

    def visible_to(self, user: AnyUser) -> Self:
        """Those of the organisations that the person belongs to."""
        mine = Membership.objects.filter(user=user.pk)
        return self.filter(organisation__in=mine.values("organisation"))

    def editable_by(self, user: AnyUser) -> Self:
        mine = Membership.objects.filter(user=user.pk, role__in=Membership.DECIDERS)
        return self.filter(organisation__in=mine.values("organisation"))

    def decided(self) -> Self:
        """Opened ones of which two persons have said what becomes of them."""
        signed = Q(challenge__decision__signed_at__isnull=False)
        return self.filter(signed, submissions__opened_at__isnull=False).distinct()

    def with_draft(self) -> Self:
        return self.filter(draft__isnull=False)

    def begun(self, *, at: datetime) -> Self:
        """Drafts that can still be handed in."""
        return self.with_draft().filter(challenge__in=Challenge.objects.taking(at=at))

    def for_page(self) -> Self:
        return self.select_related("challenge__organisation", "organisation")

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def nearest_deadline_first(self) -> Self:
        return self.order_by("challenge__applications_until", "pk")


class Application(models.Model):
    """That an organisation applies for a challenge (Bewerbung): a draft, and what it handed in.

    `draft` is encrypted with a key of this installation (`drafts.py`) and goes on submission.
    """

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="applications", verbose_name=_("Bewerberin")
    )
    created_at = models.DateTimeField(_("begonnen am"))
    draft = models.BinaryField(null=True)
    draft_at = models.DateTimeField(_("Entwurf gespeichert am"), null=True)
    draft_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(_("Fassung"), default=1)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Bewerbung")
        verbose_name_plural = _("Bewerbungen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "organisation"], name="application_once_per_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.challenge}"

    def get_absolute_url(self) -> str:
        return reverse("applications:detail", args=[self.pk])

    @property
    def has_draft(self) -> bool:
        return self.draft is not None


class PartnerQuerySet(models.QuerySet["Partner"]):
    def answerable_by(self, user: AnyUser) -> Self:
        """Those that ask an organisation for which the person speaks, and wait for the answer."""
        mine = Membership.objects.filter(user=user.pk, role__in=Membership.DECIDERS)
        return self.waiting().filter(organisation__in=mine.values("organisation"))

    def waiting(self) -> Self:
        return self.filter(confirmed_at=None, declined_at=None)

    def for_rows(self) -> Self:
        return self.select_related(
            "organisation", "application__organisation", "application__challenge"
        )


class Partner(models.Model):
    """An organisation of the consortium, which has to say that it wants to be one."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("Partnerin")
    )
    asked_at = models.DateTimeField(_("gefragt am"))
    confirmed_at = models.DateTimeField(_("bestätigt am"), null=True)
    declined_at = models.DateTimeField(_("abgelehnt am"), null=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Partner:in einer Bewerbung")
        verbose_name_plural = _("Partner:innen von Bewerbungen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "organisation"], name="partner_once_per_application"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(declined_at=None), name="partner_one_answer"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def answer(self) -> str:
        if self.confirmed_at:
            return str(_("hat bestätigt"))
        return str(_("hat abgelehnt")) if self.declined_at else str(_("hat noch nicht geantwortet"))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def valid(self) -> Self:
        """Neither replaced nor withdrawn."""
        return self.filter(ended_at=None)

    def unopened(self) -> Self:
        return self.valid().filter(opened_at=None)

    def readable_by(self, user: AnyUser) -> Self:
        """Opened ones, for those who speak for the organisation that asked for them.

        Who judges reads without names until the scores are closed, and never where a conflict of
        interest was declared.
        """
        mine = Membership.objects.filter(user=user.pk, role__in=Membership.DECIDERS)
        posting = Q(application__challenge__organisation__in=mine.values("organisation"))
        judging = Challenge.objects.filter(
            panel__closed_at=None, panel__reviewers__user=user.pk, state=State.EVALUATION
        )
        conflicts = Application.objects.filter(
            declarations__reviewer__user=user.pk, declarations__has_conflict=True
        )
        return (
            self.valid()
            .filter(posting, opened_at__isnull=False)
            .exclude(application__challenge__in=judging.values("pk"))
            .exclude(application__in=conflicts.values("pk"))
        )

    def for_rows(self) -> Self:
        return self.select_related("application__organisation", "application__challenge")


class Submission(models.Model):
    """What was handed in: sealed bytes, their checksum and the time; one is valid at a time.

    What is replaced or withdrawn loses its bytes and is never opened; its receipt stays true.
    `content` is there once two persons have opened it; without it, the bytes were damaged.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("Nummer"))
    sealed = models.BinaryField(null=True)
    checksum = models.CharField(_("Prüfsumme (SHA-256)"), max_length=64)
    received_at = models.DateTimeField(_("eingegangen am"))
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("eingereicht durch")
    )
    ended_at = models.DateTimeField(_("ersetzt oder zurückgezogen am"), null=True)
    opened_at = models.DateTimeField(_("geöffnet am"), null=True)
    content: "models.JSONField[Any, Any]" = models.JSONField(_("Inhalt"), null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einreichung")
        verbose_name_plural = _("Einreichungen")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="submission_number"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_at=None), name="submission_valid_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) ^ Q(sealed=None), name="submission_ended_has_no_bytes"
            ),
            models.CheckConstraint(
                condition=Q(content=None) | Q(opened_at__isnull=False),
                name="submission_content_only_when_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.number}"
