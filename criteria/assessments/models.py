from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Count, F, Prefetch, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from criteria.assessments.ratings import Rating, Snapshot
from criteria.assessments.readiness import Readiness
from criteria.catalogue.criteria import Criterion, CriterionPhase
from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Kind, Term
from profiles.models import Deployment, Membership, Organisation, Phase, Solution, User
from profiles.models.people import AnyUser

LONGEST_TEXT = 1_200  # four such texts and the tables fill three pages of the council report


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """The words that pages, reports and the API choose assessments with."""

    def of(self, organisation: Organisation | None) -> Self:
        return self.filter(organisation=organisation) if organisation else self.none()

    def of_member(self, user: AnyUser) -> Self:
        """Those of the person's organisations, with notes and evidence."""
        mine = Membership.objects.of_person(user)
        return self.filter(organisation__in=mine.values("organisation"))

    def editable_by(self, user: AnyUser) -> Self:
        mine = Membership.objects.deciders().of_person(user)
        return self.filter(organisation__in=mine.values("organisation"))

    def shown_to_agency_of(self, user: AnyUser) -> Self:
        """What is shared with the verified agency of the state in which the person works."""
        overseen = Organisation.objects.overseen_by(user)
        return self.filter(organisation__in=overseen.values("pk"), is_shared_with_agency=True)

    def results_visible_to(self, user: AnyUser) -> Self:
        """One's own, and for agencies what is shared with them: figures, but no notes."""
        allowed = Q(pk__in=self.of_member(user).order_by().values("pk"))
        shared = Q(pk__in=self.shown_to_agency_of(user).order_by().values("pk"))
        return self.filter(allowed | shared)

    def published(self) -> Self:
        """What providers show of their own published solutions."""
        return self.filter(
            is_public=True,
            solution__published_at__isnull=False,
            organisation=F("solution__provider__organisation"),
        )

    def of_solution(self, solution: Solution) -> Self:
        return self.filter(solution=solution)

    def confirmable_by(self, organisation: Organisation | None) -> Self:
        """Shown ones of solutions which that organisation's municipality has confirmed to use."""
        if organisation is None or organisation.municipality_id is None:
            return self.none()
        used = Deployment.objects.confirmed().filter(municipality=organisation.municipality_id)
        return self.published().filter(solution__in=used.values("solution"))

    def in_portfolio_of(self, organisation: Organisation | None) -> Self:
        """Its own; for a verified agency also what organisations of its state share with it."""
        if organisation is None:
            return self.none()
        agencies = Organisation.objects.verifying().filter(pk=organisation.pk)
        seated = Organisation.objects.seated_with(agencies)
        shared = Q(organisation__in=seated.values("pk"), is_shared_with_agency=True)
        return self.filter(Q(organisation=organisation) | shared)

    def with_readiness(self) -> Self:
        """Annotate the counts that `readiness` and `rated_count` are made of."""
        due = Q(ratings__criterion__phase=CriterionPhase.CONTINUOUS)
        due |= Q(ratings__criterion__phase__lte=F("phase"))
        counts = {
            f"due_{value}": Count("ratings", filter=due & Q(ratings__value=value))
            for value in Rating.Value.values
        }
        rated = Count("ratings", filter=~Q(ratings__value=Rating.Value.UNKNOWN))
        return self.annotate(**counts, rated_count=rated)

    def for_rows(self) -> Self:
        """Load what a list shows: 2 queries, whatever the count."""
        return (
            self.with_readiness()
            .select_related("organisation", "solution", "catalogue")
            .prefetch_related(Prefetch("snapshots", Snapshot.objects.newest_first()))
        )

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    @transaction.atomic
    def start(self, *, by: User | None, at: datetime, **fields: Any) -> "Assessment":
        """Create one with a rating for each criterion of its catalogue, all still unknown."""
        assessment = self.create(created_by=by, created_at=at, **fields)
        Rating.objects.bulk_create(
            Rating(assessment=assessment, criterion=criterion)
            for criterion in Criterion.objects.of_catalogue(assessment.catalogue)
        )
        return assessment


class Assessment(models.Model):
    """What an organisation thinks of its own project or solution (Selbsteinschätzung)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="assessments", verbose_name=_("Organisation")
    )
    title = models.CharField(_("Projekt oder Lösung"), max_length=160)
    solution = models.ForeignKey(
        Solution,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("Lösung auf dem Marktplatz"),
    )
    catalogue = models.ForeignKey(
        Catalogue, models.PROTECT, related_name="assessments", verbose_name=_("Fassung")
    )
    phase = models.CharField(_("Phase heute"), max_length=2, choices=Phase)
    stakeholders = ArrayField(
        models.SlugField(max_length=60), verbose_name=_("Wer wirkt mit?"), default=list, blank=True
    )
    is_shared_with_agency = models.BooleanField(
        _("Ergebnis mit der Landesbehörde teilen"), default=False
    )
    is_public = models.BooleanField(_("auf der Seite der Lösung zeigen"), default=False)
    situation = models.TextField(_("Ausgangslage"), max_length=LONGEST_TEXT, blank=True)
    decision = models.TextField(_("Beschlussvorschlag"), max_length=LONGEST_TEXT, blank=True)
    risks = models.TextField(_("Risiken"), max_length=LONGEST_TEXT, blank=True)
    next_steps = models.TextField(_("Nächste Schritte"), max_length=LONGEST_TEXT, blank=True)
    created_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("angelegt von"),
    )
    created_at = models.DateTimeField(_("angelegt am"))
    version = models.PositiveIntegerField(default=1)
    """Of what stands here; each rating counts its own."""

    rated_count: int
    """How many criteria somebody has rated; annotated by `with_readiness`."""

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Selbsteinschätzung")
        verbose_name_plural = _("Selbsteinschätzungen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(solution__isnull=False),
                name="assessment_public_has_solution",
                violation_error_message=_("Zeigen lässt sich nur die Einschätzung einer Lösung."),
            ),
            models.UniqueConstraint(
                fields=["solution"],
                condition=Q(is_public=True),
                name="assessment_public_once_per_solution",
                violation_error_message=_(
                    "Auf der Seite dieser Lösung steht schon eine andere Selbsteinschätzung."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assessments:detail", args=[self.pk])

    @property
    def readiness(self) -> Readiness:
        """Of what is due in the present phase; for what is loaded `with_readiness`."""
        return Readiness(**{value: vars(self)[f"due_{value}"] for value in Rating.Value.values})

    @property
    def last_snapshot(self) -> "Snapshot | None":
        """Uses the prefetched ones, which are the newest first."""
        return next(iter(self.snapshots.all()), None)

    @property
    def trend(self) -> int | None:
        """By how many points the sure readiness has changed since the last snapshot."""
        last = self.last_snapshot
        now = self.readiness.sure_percent
        before = last.readiness.sure_percent if last else None
        return None if now is None or before is None else now - before

    @cached_property
    def newer_catalogue(self) -> Catalogue | None:
        return Catalogue.objects.current().filter(number__gt=self.catalogue.number).first()

    @cached_property
    def roles(self) -> list[Term]:
        """The stakeholders who take part, as words of the vocabulary; one query."""
        known = Term.objects.of_kind(Kind.STAKEHOLDER).filter(key__in=self.stakeholders)
        return list(known.in_order())

    def change(self, *, seen: int, **fields: Any) -> bool:
        """Change it, unless somebody else has changed it since version `seen`."""
        with transaction.atomic():
            unchanged = Assessment.objects.filter(pk=self.pk, version=seen)
            return bool(unchanged.update(version=F("version") + 1, **fields))

    def is_of(self, user: AnyUser) -> bool:
        """Whether the person may read notes and evidence, too."""
        return Assessment.objects.of_member(user).filter(pk=self.pk).exists()
