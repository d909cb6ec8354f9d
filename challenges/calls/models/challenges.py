from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from challenges.calls import lifecycle
from challenges.calls.lifecycle import Action, State
from challenges.calls.models.queries import RUNNING, ChallengeQuerySet
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

if TYPE_CHECKING:
    from challenges.calls.models.log import LogEntry


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
            models.CheckConstraint(
                condition=Q(questions_from=None)
                | Q(questions_until=None)
                | Q(questions_until__gt=F("questions_from")),
                name="challenge_questions_end_after_they_begin",
                violation_error_message=_("Fragen enden später, als sie beginnen."),
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

    def takes_questions(self, *, at: datetime) -> bool:
        """Whether providers may ask at that moment; the last second is included."""
        running = self.state in RUNNING and self.questions_from and self.questions_until
        return bool(running and self.questions_from <= at <= self.questions_until)  # type: ignore[operator]

    @property
    def problem(self) -> str:
        return self.problem_citizens or self.problem_staff

    @property
    def has_ended(self) -> bool:
        return self.state in lifecycle.ENDS

    @property
    def deadline_label(self) -> str:
        until = self.applications_until
        return date_format(localtime(until), "DATETIME_FORMAT") if until else ""

    @property
    def hosting_names(self) -> list[str]:
        return [str(Hosting(value).label) for value in self.hosting]

    @property
    def eligible_names(self) -> list[str]:
        return [str(Provider.Kind(value).label) for value in self.eligible_kinds]

    def last_submission(self) -> "LogEntry | None":
        """Who asked for the second pair of eyes, and when."""
        return self.log.filter(action=Action.SUBMIT).latest_first().first()

    def people_to_tell(self) -> models.QuerySet[User]:
        """Who hears of addenda, answers and the end: watchers, and who speaks for applicants."""
        watching = Q(watched_challenges__challenge=self)
        speaking = Membership.objects.deciders().filter(organisation__applications__challenge=self)
        told = watching | Q(pk__in=speaking.values("user"))
        return User.objects.filter(told, is_active=True).distinct().order_by("pk")

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
        if action in {Action.SUBMIT, Action.PUBLISH}:
            self.check_ready(at=at)
        if action == Action.PUBLISH:
            submitted = self.last_submission()
            if by is None or submitted is None or submitted.by_id == by.pk:
                raise ValidationError(
                    gettext("Freigeben muss eine andere Person als die, die eingereicht hat."),
                    "four_eyes",
                )
            for prepare in PREPARATIONS:
                prepare(self, by, at)

    def missing(self, *, at: datetime) -> list[tuple[str, str]]:
        """Name what is missing before others may see it, as (field, sentence)."""
        found = [
            (name, gettext("Es fehlt noch: %(name)s.") % {"name": self._label(name)})
            for name in self.OWED
            if not getattr(self, name)
        ]
        if not (self.problem_citizens or self.problem_staff):
            text = gettext("Es fehlt noch: %(name)s.") % {"name": gettext("das Problem")}
            found.append(("problem_citizens", text))
        if self.questions_until and self.questions_until <= at:
            found.append(("questions_until", gettext("Die Frist für Fragen ist schon vorbei.")))
        if self.applications_until and self.applications_until <= at:
            found.append(("applications_until", gettext("Die Bewerbungsfrist ist schon vorbei.")))
        total = self.criteria.aggregate(total=Sum("weight"))["total"] or 0
        if total != 100:
            text = gettext("Die Gewichte der Bewertung ergeben zusammen %(total)s statt 100.")
            found.append(("criteria", text % {"total": total}))
        return found

    def _label(self, name: str) -> str:
        return str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    def check_ready(self, *, at: datetime) -> None:
        """Raise ValidationError with all that is missing before others may see it."""
        errors = [text for _field, text in self.missing(at=at)]
        if errors:
            raise ValidationError(errors)

    def _write(self, action: Action, *, by: User | None, at: datetime, reason: str = "") -> None:
        source, target = self.state, lifecycle.STEPS[action].target
        self.state, self.version = target, self.version + 1
        if action == Action.PUBLISH:
            self.published_at = at
        self.save(update_fields=["state", "version", "published_at"])
        self.log.create(action=action, source=source, target=target, by=by, at=at, reason=reason)
