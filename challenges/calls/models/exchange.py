"""What is said after publication: addenda, questions with answers, and who wants to know."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.calls.lifecycle import ENDS
from challenges.calls.models.challenges import Challenge
from challenges.calls.models.queries import RUNNING
from profiles.models import Membership, Organisation, User
from profiles.models.people import AnyUser


class AddendumQuerySet(models.QuerySet["Addendum"]):
    @transaction.atomic
    def add(
        self,
        challenge: Challenge,
        text: str,
        *,
        by: User,
        at: datetime,
        applications_until: datetime | None = None,
    ) -> "Addendum":
        """Publish one; a deadline it names moves with it, and only to a later moment.

        Raises ValidationError where the challenge is not public any more, or the deadline is over.
        """
        locked = Challenge.objects.select_for_update().get(pk=challenge.pk)
        state = locked.state_at(at)
        if state in ENDS or locked.published_at is None:
            raise ValidationError(gettext("Diese Challenge nimmt keine Nachträge mehr auf."))
        before = None
        if applications_until is not None:
            before = locked.applications_until
            _check_later(state, before, applications_until)
            locked.applications_until = applications_until
            locked.version += 1
            locked.save(update_fields=["applications_until", "version"])
        addendum = self.create(
            challenge=locked,
            text=text,
            by=by,
            at=at,
            applications_until_before=before,
            applications_until=applications_until,
        )
        challenge.refresh_from_db()
        return addendum

    def latest_first(self) -> Self:
        return self.order_by("-at", "-pk")


def _check_later(state: str, before: datetime | None, after: datetime) -> None:
    if state not in RUNNING:
        message = gettext("Die Bewerbungsfrist ist abgelaufen und lässt sich nicht mehr ändern.")
        raise ValidationError({"applications_until": message})
    if before is not None and after <= before:
        message = gettext("Die neue Frist muss später enden als die bisherige.")
        raise ValidationError({"applications_until": message})


class Addendum(models.Model):
    """A change after publication; the database lets nobody change or remove it (Nachtrag)."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="addenda")
    text = models.TextField(_("Was sich ändert oder ergänzt wird"), max_length=5000)
    at = models.DateTimeField(_("am"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("durch"))
    applications_until_before = models.DateTimeField(_("bisher"), null=True)
    applications_until = models.DateTimeField(_("Bewerbungen neu bis"), null=True, blank=True)

    objects = AddendumQuerySet.as_manager()

    class Meta:
        verbose_name = _("Nachtrag")
        verbose_name_plural = _("Nachträge")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(applications_until=None, applications_until_before=None)
                | Q(applications_until__gt=models.F("applications_until_before")),
                name="addendum_deadline_moves_later",
                violation_error_message=_("Die neue Frist muss später enden als die bisherige."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.challenge}: {self.at:%Y-%m-%d}"


class ProviderQuestionQuerySet(models.QuerySet["ProviderQuestion"]):
    @transaction.atomic
    def ask(
        self, challenge: Challenge, text: str, *, organisation: Organisation, by: User, at: datetime
    ) -> "ProviderQuestion":
        """Take a question; raises ValidationError before and after the time for questions."""
        locked = Challenge.objects.select_for_update().get(pk=challenge.pk)
        if not Challenge.objects.filter(pk=locked.pk).taking_questions(at=at).exists():
            raise ValidationError(gettext("Die Zeit für Fragen ist vorbei."), "too_late")
        return self.create(
            challenge=locked, organisation=organisation, by=by, text=text, wording=text, asked_at=at
        )

    def published(self) -> Self:
        """Answered for all to read."""
        return self.filter(published_at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(published_at=None)

    def prepared(self) -> Self:
        """Those with an answer that nobody outside has seen yet."""
        return self.waiting().exclude(answer="")

    def of_member(self, user: AnyUser) -> Self:
        """Those that the person's own organisations asked."""
        mine = Membership.objects.of_person(user).values("organisation")
        return self.filter(organisation__in=mine)

    def in_order(self) -> Self:
        return self.order_by("asked_at", "pk")

    def publish(self, challenge: Challenge, *, at: datetime) -> int:
        """Show all prepared answers of a challenge at one moment; return how many there were."""
        return self.filter(challenge=challenge).prepared().update(published_at=at)


class ProviderQuestion(models.Model):
    """What a provider asks; who it was is shown to nobody, the answer to all (Frage).

    `wording` is what the public reads: the issuer may leave out what gives the author away.
    Once published, the database lets nobody change it.
    """

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="questions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("Ihre Frage"), max_length=2000)
    wording = models.TextField(_("Frage, wie sie erscheint"), max_length=2000)
    asked_at = models.DateTimeField(_("gefragt am"))
    answer = models.TextField(_("Antwort"), max_length=5000, blank=True)
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True)

    objects = ProviderQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Frage zu einer Challenge")
        verbose_name_plural = _("Fragen zu Challenges")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(answer=""), name="question_published_answered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.challenge}: {self.pk}"


class Watch(models.Model):
    """Somebody wants to be told what happens to a challenge."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="watches")
    user = models.ForeignKey(User, models.CASCADE, related_name="watched_challenges")
    since = models.DateTimeField(_("seit"))

    class Meta:
        verbose_name = _("Beobachtung")
        verbose_name_plural = _("Beobachtungen")
        constraints = [
            models.UniqueConstraint(fields=["challenge", "user"], name="challenge_watch_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.challenge}"
