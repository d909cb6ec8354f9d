from collections.abc import Iterable
from typing import Self

from django.core.validators import DomainNameValidator
from django.db import connection, models
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.bilingual import sort_key
from profiles.models.memberships import Membership
from profiles.models.people import AnyUser, User
from profiles.models.territory import Municipality, State
from profiles.models.verification import Verifiable
from profiles.slugs import not_reserved

FOUNDING = 7_301  # the number of the lock under which organisations are founded
# The key of their state: by their own entry, or else by their municipality.
SEAT = Coalesce("state", "municipality__state")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of_member(self, user: AnyUser) -> Self:
        """Those that the person belongs to, in whatever role."""
        return self.filter(memberships__user=user.pk) if user.is_authenticated else self.none()

    def agencies(self) -> Self:
        """Those of the states, which look after other people's calls and data."""
        return self.filter(kind=Organisation.Kind.STATE_AGENCY)

    def managed_by(self, user: AnyUser) -> Self:
        """Those whose owner the person is: who decides about members and details."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__in=Membership.objects.owners().filter(user=user.pk))

    def solely_owned_by(self, people: Iterable[User]) -> Self:
        """Those that would have no owner without these people."""
        owners = Membership.objects.owners().filter(organisation=models.OuterRef("pk"))
        theirs = owners.filter(user__in=people)
        return self.filter(models.Exists(theirs), ~models.Exists(owners.exclude(user__in=people)))

    def owned(self) -> Self:
        """Those with somebody who answers a request to join."""
        return self.filter(memberships__in=Membership.objects.owners()).distinct()

    def with_owner_flag(self) -> Self:
        """Annotate `has_owner`: whether anybody answers a request to join."""
        owners = Membership.objects.owners().filter(organisation=models.OuterRef("pk"))
        return self.annotate(has_owner=models.Exists(owners))

    def verified(self) -> Self:
        return self.filter(verified_at__isnull=False)

    def unverified(self) -> Self:
        return self.filter(verified_at=None)

    def waiting(self) -> Self:
        """Neither verified nor declined: somebody has to look at them."""
        return self.unverified().filter(declined_at=None)

    def of_places(self) -> Self:
        """Those that speak for a municipality or district."""
        return self.filter(kind__in=Organisation.PLACES)

    def with_deciders(self) -> Self:
        """Those with somebody who speaks for them, to whom one can write."""
        deciders = Membership.objects.deciders().active()
        deciders = deciders.filter(organisation=models.OuterRef("pk"))
        return self.filter(models.Exists(deciders))

    def verifying(self) -> Self:
        """Those whose people check others: verified state agencies."""
        return self.verified().agencies()

    def seated_in(self, states: Iterable[State]) -> Self:
        return self.annotate(seat_in=SEAT).filter(seat_in__in=[state.pk for state in states])

    def seated_with(self, others: "OrganisationQuerySet") -> Self:
        """Those in the states of these."""
        return self.annotate(seat_in=SEAT).filter(seat_in__in=others.values_list(SEAT))

    def overseen_by(self, user: AnyUser) -> Self:
        """Those in the state of a verified agency that the person belongs to."""
        return self.seated_with(Organisation.objects.verifying().of_member(user))

    def verifiable_by(self, user: AnyUser) -> Self:
        """Those that the person may verify or decline.

        Admins all; owners and editors of a verified state agency those of their own state,
        but no state agencies: these are for admins, since they decide about others.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_staff and user.has_perm("profiles.change_organisation"):
            return self.all()
        deciders = Membership.objects.deciders().of_person(user)
        agencies = Organisation.objects.verifying().filter(memberships__in=deciders)
        return self.exclude(kind=Organisation.Kind.STATE_AGENCY).seated_with(agencies)

    def states(self) -> models.QuerySet[State]:
        """The states in which they have their seat."""
        return State.objects.filter(pk__in=self.values_list(SEAT))

    def matching(self, text: str) -> Self:
        """Those with this AGS, this mail domain (or an address there), or this in their name."""
        text = " ".join(text.replace("\0", " ").split())
        if not text:
            return self.none()
        domain = text.rpartition("@")[2]
        return self.filter(
            models.Q(name__icontains=text)
            | models.Q(municipality__ags=text)
            | models.Q(mail_domain__iexact=domain) & ~models.Q(mail_domain="")
        )

    def joinable(self) -> Self:
        """Those that people may ask to join: not what somebody has declined as wrong."""
        return self.filter(declined_at=None)

    def found_in_turn(self) -> None:
        """Let nobody else found one until the transaction ends: what is free now stays free."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOUNDING])

    def without_members(self) -> Self:
        """Those that nobody founded for themselves: what belongs to them is read by nobody."""
        return self.filter(memberships=None)

    def with_member_count(self) -> Self:
        return self.annotate(member_count=models.Count("memberships"))

    def waiting_longest(self) -> Self:
        return self.order_by("pk")

    def for_rows(self) -> Self:
        """Load what a list shows of each."""
        return self.select_related("municipality__state", "state")

    def public(self) -> Self:
        """What a stranger may see: providers with a published offer, of the others the verified."""
        published = Organisation.objects.filter(
            pk=models.OuterRef("pk"), provider__solutions__published_at__isnull=False
        )
        is_provider = models.Q(kind=Organisation.Kind.PROVIDER)
        verified = ~is_provider & models.Q(verified_at__isnull=False)
        return self.filter(verified | models.Exists(published))

    def by_name(self) -> Self:
        return self.order_by("sort_name", "pk")


class Organisation(Verifiable):
    """Who takes part: those who search, those who offer, those who bring them together."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Kommune")
        DISTRICT = "district", _("Landkreis")
        STATE_AGENCY = "state_agency", _("Landesbehörde")
        PROVIDER = "provider", _("Anbieter")
        INTERMEDIARY = "intermediary", _("Vermittler")

    PLACES = (Kind.MUNICIPALITY, Kind.DISTRICT)

    class IntermediaryKind(models.TextChoices):
        MUNICIPAL_IT = "municipal_it", _("kommunaler IT-Dienstleister")
        ASSOCIATION = "association", _("Verband")
        UNIVERSITY = "university", _("Hochschule")
        CHAMBER = "chamber", _("Kammer")

    name = models.CharField(_("Name"), max_length=200)
    sort_name = sort_key("name")
    slug = models.SlugField(
        _("Adresse der Seite"), max_length=80, unique=True, validators=[not_reserved]
    )
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    intermediary_kind = models.CharField(
        _("Art der Vermittlung"), max_length=20, choices=IntermediaryKind, blank=True
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("Kommune"),
    )
    state = models.ForeignKey(
        State,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("Bundesland"),
    )
    website = models.URLField(_("Website"), blank=True)
    mail_domain = models.CharField(
        _("E-Mail-Domain"),
        max_length=120,
        blank=True,
        validators=[DomainNameValidator()],
        help_text=_("Was in Ihren E-Mail-Adressen hinter dem @ steht, zum Beispiel kassel.de"),
    )
    members = models.ManyToManyField(User, through="Membership", related_name="organisations")

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=["municipality", "district"])
                | models.Q(municipality__isnull=False),
                name="organisation_of_a_place_names_it",
                violation_error_message=_("Bitte wählen Sie die Kommune aus."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="intermediary") ^ models.Q(intermediary_kind=""),
                name="organisation_intermediary_kind_only_there",
                violation_error_message=_("Eine Art der Vermittlung haben nur Vermittler."),
            ),
            models.UniqueConstraint(
                Lower("mail_domain"),
                condition=~models.Q(mail_domain=""),
                name="organisation_mail_domain_once",
                violation_error_message=_("Diese E-Mail-Domain gehört schon zu einer anderen."),
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at=None) ^ ~models.Q(decline_reason=""),
                name="organisation_declined_with_a_reason",
                violation_error_message=_("Zu einer Ablehnung gehört ein Grund."),
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at=None) | models.Q(verified_at=None),
                name="organisation_verified_or_declined",
                violation_error_message=_("Geprüft und abgelehnt zugleich geht nicht."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.slug])

    @property
    def seat(self) -> State | None:
        """The state of its own entry, or else of its municipality."""
        return self.state or (self.municipality.state if self.municipality else None)

    def deciders(self) -> list[User]:
        """Who speaks for it to others: owners and editors."""
        return [row.user for row in self.memberships.deciders().active().for_rows()]

    def lock(self) -> None:
        """Let nobody else change who belongs here until the transaction ends."""
        Organisation.objects.select_for_update(no_key=True).get(pk=self.pk)
