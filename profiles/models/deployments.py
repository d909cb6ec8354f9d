from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.memberships import Membership
from profiles.models.organisations import Organisation
from profiles.models.people import AnyUser, User
from profiles.models.scales import Phase
from profiles.models.territory import Municipality

if TYPE_CHECKING:
    from profiles.deployments.models import ConfirmationRequest


class DeploymentQuerySet(models.QuerySet["Deployment"]):
    def confirmed(self) -> Self:
        """Confirmed by the municipality; only these count as references."""
        return self.filter(confirmed_at__isnull=False)

    def to_check(self) -> Self:
        """Confirmed from an address that nobody has checked; they do not count yet."""
        return self.filter(mail_confirmed_at__isnull=False, confirmed_at=None, declined_at=None)

    def waiting(self) -> Self:
        """Nobody from the municipality has answered."""
        return self.filter(confirmed_at=None, declined_at=None, mail_confirmed_at=None)

    def asked(self) -> Self:
        """The municipality was asked, and can still answer."""
        open_requests = {"requests__answered_at": None, "requests__superseded_at": None}
        return self.filter(requests__isnull=False, **open_requests)

    def not_declined(self) -> Self:
        """What the public may read of: a municipality's no takes the entry off the page."""
        return self.filter(declined_at=None)

    def offered_by(self, user: AnyUser) -> Self:
        """Those of solutions of the person's organisations."""
        return self._offered_by(Membership.objects.of_person(user))

    def editable_by(self, user: AnyUser) -> Self:
        """Those that the person may correct, ask for again or take back."""
        return self._offered_by(Membership.objects.deciders().of_person(user))

    def naming(self, user: AnyUser) -> Self:
        """Those in municipalities for which the person works here."""
        places = Organisation.objects.of_places().of_member(user)
        return self.filter(municipality__in=places.values("municipality"))

    def decidable_by(self, user: AnyUser) -> Self:
        """Those whose truth the person may state: for a verified municipality, as no rival self.

        Who belongs to the provider, too, decides nothing: nobody confirms themselves.
        """
        if not user.is_authenticated:
            return self.none()
        deciders = Membership.objects.deciders().of_person(user)
        places = Organisation.objects.of_places().verified().filter(memberships__in=deciders)
        return self.filter(municipality__in=places.values("municipality"))._not_offered_by(user)

    def checkable_by(self, user: AnyUser) -> Self:
        """Those whose sender the person may judge: admins all, agencies those of their state."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff and user.has_perm("profiles.change_deployment"):
            return self._not_offered_by(user)
        deciders = Membership.objects.deciders().of_person(user)
        agencies = Organisation.objects.verifying().filter(memberships__in=deciders)
        return self.filter(municipality__state__in=agencies.states())._not_offered_by(user)

    def visible_to(self, user: AnyUser) -> Self:
        """Those with which the person has something to do."""
        rows = [self.offered_by(user), self.naming(user), self.to_check().checkable_by(user)]
        return self.filter(Q(*(("pk__in", each.values("pk")) for each in rows), _connector=Q.OR))

    def with_askable_flag(self) -> Self:
        """Annotate `is_askable`: colleagues may write, and somebody here can read it."""
        there = Organisation.objects.of_places().verified().with_deciders()
        reachable = Exists(there.filter(municipality=OuterRef("municipality")))
        consented = Q(confirmed_at__isnull=False, contact_consent_at__isnull=False)
        return self.annotate(
            is_askable=models.Case(models.When(consented, then=reachable), default=False)
        )

    def askable(self) -> Self:
        return self.with_askable_flag().filter(is_askable=True)

    def for_reference_list(self) -> Self:
        return self.select_related("municipality__state").order_by(
            F("confirmed_at").asc(nulls_last=True), "municipality__sort_name", "pk"
        )

    def for_rows(self) -> Self:
        """Load what a list of them shows; what waits stands first."""
        done = models.Case(models.When(confirmed_at=None, declined_at=None, then=0), default=1)
        rows = self.select_related("municipality__state", "solution__provider__organisation")
        return rows.order_by(done, "municipality__sort_name", "solution__sort_title", "pk")

    def _offered_by(self, mine: models.QuerySet[Membership]) -> Self:
        return self.filter(solution__provider__in=mine.values("organisation"))

    def _not_offered_by(self, user: User | AnonymousUser) -> Self:
        mine = Membership.objects.of_person(user)
        return self.exclude(solution__provider__in=mine.values("organisation"))


class Deployment(models.Model):
    """A solution in use at a municipality (Einsatz); once confirmed, a reference."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet auf die Kommune")
        TO_CHECK = "to_check", _("bestätigt per E-Mail, Organisation nicht geprüft")
        CONFIRMED = "confirmed", _("von der Kommune bestätigt")
        DECLINED = "declined", _("abgelehnt")

    solution = models.ForeignKey(
        "profiles.Solution", models.CASCADE, related_name="deployments", verbose_name=_("Lösung")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="deployments", verbose_name=_("Kommune")
    )
    phase = models.CharField(_("Phase in dieser Kommune"), max_length=2, choices=Phase)
    since = models.DateField(_("im Einsatz seit"), null=True, blank=True)
    result = models.TextField(_("Ergebnis"), max_length=2000, blank=True)
    confirmed_at = models.DateTimeField(_("von der Kommune bestätigt am"), null=True, blank=True)
    mail_confirmed_at = models.DateTimeField(
        _("per E-Mail bestätigt am, Organisation nicht geprüft"), null=True, blank=True
    )
    declined_at = models.DateTimeField(_("abgelehnt am"), null=True, blank=True)
    decline_reason = models.TextField(_("Grund der Ablehnung"), max_length=2000, blank=True)
    contact_consent_at = models.DateTimeField(
        _("Kolleg:innen dürfen die Kommune ansprechen, seit"), null=True, blank=True
    )
    contact_consent_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Einwilligung von"),
    )

    objects = DeploymentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Einsatz")
        verbose_name_plural = _("Einsätze")
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "municipality"],
                name="deployment_once_per_municipality",
                violation_error_message=_("Dieser Einsatz ist schon eingetragen."),
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) ^ ~Q(decline_reason=""),
                name="deployment_declined_with_a_reason",
                violation_error_message=_("Zu einer Ablehnung gehört ein Grund."),
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | Q(confirmed_at=None, mail_confirmed_at=None),
                name="deployment_confirmed_or_declined",
                violation_error_message=_("Bestätigt und abgelehnt zugleich geht nicht."),
            ),
            models.CheckConstraint(
                condition=Q(contact_consent_at=None)
                | Q(confirmed_at__isnull=False)
                | Q(mail_confirmed_at__isnull=False),
                name="deployment_consent_needs_confirmation",
                violation_error_message=_("Eine Einwilligung gibt es nur zu einer Bestätigung."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.solution} – {self.municipality}"

    def get_absolute_url(self) -> str:
        return reverse("deployments:detail", args=[self.pk])

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_declined(self) -> bool:
        return self.declined_at is not None

    @property
    def is_answered_with_yes(self) -> bool:
        return self.state in {self.State.CONFIRMED, self.State.TO_CHECK}

    @property
    def phase_explanation(self) -> str:
        return Phase(self.phase).explanation

    @property
    def state(self) -> State:
        if self.confirmed_at:
            return self.State.CONFIRMED
        if self.declined_at:
            return self.State.DECLINED
        return self.State.TO_CHECK if self.mail_confirmed_at else self.State.WAITING

    @property
    def facts(self) -> dict[str, str]:
        """What the provider states and the municipality confirms or corrects."""
        since = self.since.isoformat() if self.since else ""
        return {"phase": self.phase, "since": since, "result": self.result}

    @property
    def standing(self) -> str:
        """In short what is stated and what was said of it: another after each edit and answer."""
        said = self.confirmed_at, self.mail_confirmed_at, self.declined_at
        text = "\n".join([*self.facts.values(), *map(str, said)])
        return sha256(text.encode()).hexdigest()[:16]

    def ask(self, address: str, *, by: User, at: datetime) -> "ConfirmationRequest":
        """Void what was answered and earlier links, and ask the municipality (again)."""
        self.confirmed_at = self.mail_confirmed_at = self.declined_at = None
        self.decline_reason = ""
        self.revoke_consent()
        self.requests.open().update(superseded_at=at)
        request: ConfirmationRequest = self.requests.create(
            address=address, asked_by=by, asked_at=at, expires_at=at + VALID_FOR
        )
        return request

    def give_consent(self, *, by: User | None, at: datetime) -> None:
        self.contact_consent_at, self.contact_consent_by = at, by
        self.save()

    def revoke_consent(self) -> None:
        self.contact_consent_at, self.contact_consent_by = None, None
        self.save()


VALID_FOR = timedelta(days=30)  # of a request to confirm
