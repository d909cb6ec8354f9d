from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models import Need
from profiles.models import Membership, Solution, User
from profiles.models.people import AnyUser


class RejectionQuerySet(models.QuerySet["Rejection"]):
    """The words that the pages, the alerts and the evaluation choose rejections with."""

    def visible_to(self, user: AnyUser) -> Self:
        """Those of the organisations that the person belongs to."""
        mine = Membership.objects.of_person(user)
        return self.filter(need__organisation__in=mine.values("organisation"))

    def about_ranking(self) -> Self:
        """Those that say something against the ranking: it is about something else."""
        return self.filter(reason__in=Rejection.AGAINST_RANKING)

    def told_to_providers(self) -> Self:
        """Those of verified organisations other than the provider.

        Others are made at will: with two of its own a provider would learn what a single one said.
        """
        checked = self.filter(need__organisation__verified_at__isnull=False)
        return checked.exclude(need__organisation=F("solution__provider"))

    def counts_by_reason(self) -> dict[str, int]:
        """Count organisations, not clicks; the most frequent reason first."""
        rows = self.order_by().values_list("reason")
        counted = rows.annotate(count=Count("need__organisation", distinct=True))
        return dict(counted.order_by("-count", "reason"))

    def organisation_count(self) -> int:
        return self.aggregate(n=Count("need__organisation", distinct=True))["n"] or 0

    def published(self) -> Self:
        """About solutions that are still on offer."""
        return self.filter(solution__published_at__isnull=False)

    def for_rows(self) -> Self:
        return self.select_related("solution__provider__organisation", "by").order_by("-at", "-pk")

    def reject(
        self, need: Need, solution: Solution, *, reason: str, text: str, by: User, at: datetime
    ) -> "Rejection":
        """Remember it with the rank that the hit had; of two colleagues the later one is kept."""
        match = need.matches.filter(solution=solution).first()
        said = {"reason": reason, "text": text, "by": by, "at": at}
        ranked = {"position": match.position, "score": match.score} if match else {}
        row, _is_new = self.update_or_create(
            need=need, solution=solution, defaults=said, create_defaults=said | ranked
        )
        return row


class Rejection(models.Model):
    """A hit that does not fit, and why (passt nicht, weil …): what its people say of a need."""

    class Reason(models.TextChoices):
        TOPIC = "topic", _("Es geht um etwas anderes")
        FUNCTION = "function", _("Eine wichtige Funktion fehlt")
        SIZE = "size", _("Nicht für Kommunen unserer Größe")
        PRICE = "price", _("Zu teuer")
        TECHNOLOGY = "technology", _("Passt nicht zu unserer Technik")
        KNOWN = "known", _("Kennen oder haben wir schon")
        OTHER = "other", _("Ein anderer Grund")

    AGAINST_RANKING = (Reason.TOPIC, Reason.FUNCTION, Reason.SIZE)

    need = models.ForeignKey(
        Need, models.CASCADE, related_name="rejections", verbose_name=_("Bedarf")
    )
    solution = models.ForeignKey(
        Solution, models.CASCADE, related_name="rejections", verbose_name=_("Lösung")
    )
    reason = models.CharField(_("Warum passt die Lösung nicht?"), max_length=20, choices=Reason)
    text = models.TextField(_("In Ihren Worten"), max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(_("Rang"), null=True)
    score = models.FloatField(_("Punkte"), null=True)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("von")
    )
    at = models.DateTimeField(_("am"))

    objects = RejectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rückmeldung zu einem Treffer")
        verbose_name_plural = _("Rückmeldungen zu Treffern")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "solution"], name="rejection_once"),
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(text=""),
                name="rejection_other_has_text",
                violation_error_message=_("Bitte nennen Sie den Grund in Ihren Worten."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} – {self.solution}"
