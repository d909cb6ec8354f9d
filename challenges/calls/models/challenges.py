from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from challenges.calls import lifecycle
from challenges.calls.lifecycle import Action, State
from challenges.calls.publication import PREPARATIONS
from challenges.needs.models import Need
from profiles.models import (
    Hosting,
    Licence,
    Membership,
    Organisation,
    Phase,
    Provider,
    Standard,
    Topic,
    User,
)
from profiles.models.bilingual import sort_key
from profiles.models.organisations import AnyUser


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """The words that pages, tasks and the API choose challenges with."""

    def public(self) -> Self:
        """Whatever was published once, however it ended; what was dropped before was not."""
        return self.filter(published_at__isnull=False)

    def open(self, *, at: datetime) -> Self:
        """Applications are taken at that moment: the second of the deadline is included."""
        running = [State.PUBLISHED, State.QUESTIONS_OPEN, State.APPLICATIONS_OPEN]
        return self.filter(state__in=running, applications_from__lte=at, applications_until__gte=at)

    def taking_questions(self, *, at: datetime) -> Self:
        running = [State.PUBLISHED, State.QUESTIONS_OPEN, State.APPLICATIONS_OPEN]
        return self.filter(state__in=running, questions_from__lte=at, questions_until__gte=at)

    def due(self, *, at: datetime) -> Self:
        """Those for which the clock has made a step that nobody has written down."""
        return self.filter(
            Q(state=State.PUBLISHED, questions_from__lte=at)
            | Q(state=State.QUESTIONS_OPEN, applications_from__lte=at)
            | Q(state=State.APPLICATIONS_OPEN, applications_until__lt=at)
        )

    def of_member(self, user: AnyUser) -> Self:
        """Those of the organisations, posting or partners, that the person belongs to."""
        mine = Membership.objects.filter(user=user.pk).values("organisation")
        return self.filter(Q(organisation__in=mine) | Q(partners__in=mine)).distinct()

    def editable_by(self, user: AnyUser) -> Self:
        """Those of the verified organisations for which the person speaks."""
        mine = Membership.objects.filter(user=user.pk, role__in=Membership.DECIDERS)
        posting = Organisation.objects.verified().filter(memberships__in=mine)
        return self.filter(organisation__in=posting.values("pk"))

    def visible_to(self, user: AnyUser) -> Self:
        """Public ones, and those of one's own organisations; for staff all."""
        if user.is_staff:
            return self.all()
        own = self.of_member(user).order_by().values("pk")
        return self.filter(Q(published_at__isnull=False) | Q(pk__in=own))

    def nearest_deadline_first(self) -> Self:
        """What ends next stands first; what has ended stands last, the newest before."""
        ended = models.Case(models.When(state__in=lifecycle.ENDS, then=1), default=0)
        return self.order_by(ended, F("applications_until").asc(nulls_last=True), "-pk")


class Challenge(models.Model):
    """A published call: a problem, what a solution must do, and how it is chosen (Challenge).

    Market exploration, a competition or a small award; never a formal e-tendering above the EU
    thresholds. An empty requirement means any.
    """

    State: ClassVar = State
    OWED = (  # before others may see it
        "questions_from",
        "questions_until",
        "applications_from",
        "applications_until",
        "procedure",
        "contact",
    )

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="challenges", verbose_name=_("wer ausschreibt")
    )
    partners = models.ManyToManyField(
        Organisation, related_name="joint_challenges", blank=True, verbose_name=_("gemeinsam mit")
    )
    title = models.CharField(_("Titel"), max_length=160)
    sort_title = sort_key("title")
    slug = models.SlugField(_("Adresse der Seite"), max_length=80, unique=True)
    problem_citizens = models.TextField(_("Das Problem aus Sicht der Bürger:innen"), blank=True)
    problem_staff = models.TextField(_("Das Problem aus Sicht der Beschäftigten"), blank=True)
    # [{"goal": "…", "measure": "how success is measured"}, …]
    goals = models.JSONField(_("Ziele und Messung"), default=list, blank=True)
    topics = models.ManyToManyField(
        Topic, related_name="challenges", blank=True, verbose_name=_("Themen")
    )
    needs = models.ManyToManyField(
        Need, related_name="challenges", blank=True, verbose_name=_("Bedarfe, die sie deckt")
    )
    standards = models.ManyToManyField(
        Standard, related_name="challenges", blank=True, verbose_name=_("Verlangte Standards")
    )
    hosting = ArrayField(
        models.CharField(max_length=20, choices=Hosting),
        verbose_name=_("Betrieb: was in Frage kommt"),
        default=list,
        blank=True,
    )
    licence = models.CharField(_("Lizenz"), max_length=20, choices=Licence, blank=True)
    max_budget_eur = models.PositiveIntegerField(
        _("Höchstens (Euro je Jahr, netto)"), null=True, blank=True
    )
    min_phase = models.CharField(_("Mindestens in Phase"), max_length=2, choices=Phase, blank=True)
    wishes = models.TextField(_("Wünsche"), blank=True)
    data_sets = models.TextField(_("Daten, die wir bereitstellen"), blank=True)
    test_areas = models.TextField(_("Testflächen und Unterstützung"), blank=True)
    eligible_kinds = ArrayField(
        models.CharField(max_length=20, choices=Provider.Kind),
        verbose_name=_("Wer sich bewerben darf"),
        default=list,
        blank=True,
    )
    budget_eur = models.PositiveIntegerField(_("Budget (Euro, netto)"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("Laufzeit (Monate)"), null=True, blank=True)
    prize = models.TextField(_("Preis oder andere Gegenleistung"), blank=True)
    procedure = models.SlugField(_("Vergabeweg"), max_length=60, blank=True)
    # As it stood when it was chosen: name, legal basis, source, date; never a link to a rule
    procedure_facts = models.JSONField(_("Grundlage des Vergabewegs"), default=dict, blank=True)
    contact = models.CharField(_("Ansprechstelle"), max_length=200, blank=True)
    questions_from = models.DateTimeField(_("Fragen ab"), null=True, blank=True)
    questions_until = models.DateTimeField(_("Fragen bis"), null=True, blank=True)
    applications_from = models.DateTimeField(_("Bewerbungen ab"), null=True, blank=True)
    applications_until = models.DateTimeField(_("Bewerbungen bis"), null=True, blank=True)
    pitch_on = models.DateField(_("Vorstellung am"), null=True, blank=True)
    decision_on = models.DateField(_("Entscheidung bis"), null=True, blank=True)
    start_on = models.DateField(_("Beginn am"), null=True, blank=True)
    state = models.CharField(
        _("Stand"), max_length=20, choices=State, default=State.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, editable=False)
    created_at = models.DateTimeField(_("angelegt am"))
    version = models.PositiveIntegerField(_("Fassung"), default=1, editable=False)

    objects = ChallengeQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[topics, needs, standards, partners])

    class Meta:
        verbose_name = _("Challenge")
        verbose_name_plural = _("Challenges")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=False)
                | Q(state__in=["draft", "in_review", "cancelled"]),
                name="challenge_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | Q(
                    questions_from__isnull=False,
                    questions_until__isnull=False,
                    applications_from__isnull=False,
                    applications_until__isnull=False,
                ),
                name="challenge_published_has_deadlines",
                violation_error_message=_("Bitte nennen Sie alle Fristen."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(questions_from=None)
                    | Q(applications_from=None)
                    | Q(applications_from__gte=F("questions_from"))
                )
                & (
                    Q(applications_from=None)
                    | Q(applications_until=None)
                    | Q(applications_until__gt=F("applications_from"))
                )
                & (
                    Q(questions_until=None)
                    | Q(applications_until=None)
                    | Q(questions_until__lte=F("applications_until"))
                ),
                name="challenge_deadlines_in_order",
                violation_error_message=_(
                    "Die Fristen folgen aufeinander: Fragen ab, Bewerbungen ab, Fragen bis, "
                    "Bewerbungen bis."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:detail", args=[self.slug])

    def state_at(self, at: datetime) -> str:
        """The state at that moment, with the steps that the clock has made by then."""
        steps = lifecycle.due_steps(self.state, self, at=at)
        return lifecycle.STEPS[steps[-1][0]].target if steps else self.state

    def is_open(self, *, at: datetime) -> bool:
        return self.state_at(at) == State.APPLICATIONS_OPEN

    @transaction.atomic
    def take(self, action: Action, *, by: User | None, at: datetime, reason: str = "") -> bool:
        """Make a step of the diagram and write it into the log; say whether this call made it.

        Raises ValidationError where a reason is missing or the step is not ready. Of two people
        at once one makes the step, the other is told by False.
        """
        locked = Challenge.objects.select_for_update().get(pk=self.pk)
        locked.settle(at=at)
        step = lifecycle.STEPS[action]
        self.refresh_from_db()
        if self.state not in step.sources:
            return False
        if step.needs_reason and not reason.strip():
            raise ValidationError(gettext("Bitte nennen Sie den Grund."), "reason")
        self._check(action, by, at)
        self._write(action, by=by, at=at, reason=reason)
        return True

    def settle(self, *, at: datetime) -> None:
        """Write down the steps that the clock has made, each at its own moment."""
        with transaction.atomic():
            locked = Challenge.objects.select_for_update().get(pk=self.pk)
            for action, moment in lifecycle.due_steps(locked.state, locked, at=at):
                locked._write(action, by=None, at=moment)
        self.refresh_from_db(fields=["state", "version"])

    def _check(self, action: Action, by: User | None, at: datetime) -> None:
        if action == Action.SUBMIT:
            self.check_ready()
        if action == Action.PUBLISH:
            self.check_ready()
            submitted = self.log.filter(action=Action.SUBMIT).latest_first().first()
            if by is None or submitted is None or submitted.by_id == by.pk:
                raise ValidationError(
                    gettext("Freigeben muss eine andere Person als die, die eingereicht hat."),
                    "four_eyes",
                )
            for prepare in PREPARATIONS:
                prepare(self, by, at)

    def check_ready(self) -> None:
        """Raise ValidationError with all that is missing before others may see it."""
        missing = [
            str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in self.OWED
            if not getattr(self, name)
        ]
        if not (self.problem_citizens or self.problem_staff):
            missing.append(gettext("das Problem"))
        errors = [gettext("Es fehlt noch: %(name)s.") % {"name": name} for name in missing]
        total = self.criteria.aggregate(total=Sum("weight"))["total"]
        if total != 100:
            errors.append(
                gettext("Die Gewichte der Bewertung ergeben zusammen %(total)s statt 100.")
                % {"total": total or 0}
            )
        if errors:
            raise ValidationError(errors)

    def _write(self, action: Action, *, by: User | None, at: datetime, reason: str = "") -> None:
        source, target = self.state, lifecycle.STEPS[action].target
        self.state, self.version = target, self.version + 1
        if action == Action.PUBLISH:
            self.published_at = at
        self.save(update_fields=["state", "version", "published_at"])
        self.log.create(action=action, source=source, target=target, by=by, at=at, reason=reason)
