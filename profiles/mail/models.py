from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds import KINDS, MailKind
from profiles.models.people import User

# How long to wait after the first, second … attempt that failed; after the last one we give up.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 8 * 60, 24 * 60)]
NO_ANSWER_AFTER = timedelta(hours=1)
KEPT_FOR = timedelta(days=365)


class MailQuerySet(models.QuerySet["Mail"]):
    """The words that the worker and the administration choose mails with."""

    def due(self, *, at: datetime) -> Self:
        """Those that wait, and whose time has come."""
        return self.filter(state=Mail.State.QUEUED, due_at__lte=at)

    def sent(self) -> Self:
        """Those that the mail server has taken."""
        return self.filter(state=Mail.State.SENT)

    def failed(self) -> Self:
        """Those that nobody will try again."""
        return self.filter(state=Mail.State.FAILED)

    def interrupted(self, *, at: datetime) -> Self:
        """Handed to the mail server long ago, and what it answered was never noted."""
        return self.filter(state=Mail.State.SENDING, tried_at__lte=at - NO_ANSWER_AFTER)

    def forgettable(self, *, at: datetime) -> Self:
        """Those whose entry has served its purpose."""
        return self.filter(state__in=Mail.ENDED, queued_at__lte=at - KEPT_FOR)

    def newest_first(self) -> Self:
        return self.order_by("-queued_at", "-pk")


class Mail(models.Model):
    """A mail to one address, and what became of it: the send log.

    The context is there until the mail is sent, and then emptied: it may hold a link that opens an
    account. What the log has to answer is who got which mail when, and the texts are templates.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("wartet")
        SENDING = "sending", _("wird übergeben")
        SENT = "sent", _("gesendet")
        FAILED = "failed", _("gescheitert")
        WITHHELD = "withheld", _("abbestellt")

    ENDED = [State.SENT, State.FAILED, State.WITHHELD]

    user = models.ForeignKey(
        User,
        models.CASCADE,  # the log holds the address: it goes with the person
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("Person"),
    )
    address = models.EmailField(_("E-Mail-Adresse"))
    kind = models.CharField(_("Art"), max_length=60)
    language = models.CharField(_("Sprache"), max_length=5)
    context = models.JSONField(_("Angaben"), default=dict, blank=True)
    event = models.CharField(_("Ereignis"), max_length=200)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField(_("angelegt am"))
    due_at = models.DateTimeField(_("fällig am"))
    tried_at = models.DateTimeField(_("zuletzt versucht am"), null=True, blank=True)
    sent_at = models.DateTimeField(_("gesendet am"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("gescheiterte Versuche"), default=0)
    last_error = models.TextField(_("letzter Fehler"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mail")
        verbose_name_plural = _("Mails")
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.UniqueConstraint("event", Lower("address"), name="mail_once_per_event"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="mail_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending"]) | Q(context={}),
                name="mail_keeps_no_context",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="queued"), name="mail_queue"),
            models.Index(fields=["queued_at"], name="mail_log"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_name} – {self.address}"

    @property
    def mail_kind(self) -> MailKind:
        return KINDS[self.kind]

    @property
    def kind_name(self) -> str:
        """The name of the kind, or the key of one that is no longer sent."""
        return str(KINDS[self.kind].name) if self.kind in KINDS else self.kind

    def begin(self, *, at: datetime) -> None:
        """Note that the mail server gets it now: from here on nobody sends it again."""
        self.state, self.tried_at = self.State.SENDING, at
        self.save(update_fields=["state", "tried_at"])

    def finish(self, *, at: datetime) -> None:
        """Note that the mail server has taken it."""
        self.sent_at = at
        self._end(self.State.SENT)

    def withhold(self) -> None:
        """Note that the person does not want it."""
        self._end(self.State.WITHHELD)

    def put_off(self, fault: Exception, *, at: datetime) -> None:
        """Try again later, each time after a longer wait, until we give up."""
        if self.attempts >= len(WAITS):
            return self.give_up(fault, at=at)
        self.state, self.tried_at = self.State.QUEUED, at
        self.due_at = at + WAITS[self.attempts]
        self._note(fault)
        self.save()
        return None

    def give_up(self, fault: Exception, *, at: datetime) -> None:
        self.tried_at = at
        self._note(fault)
        self._end(self.State.FAILED)

    def leave_open(self, fault: Exception) -> None:
        """Note that nobody knows whether the mail server has taken it."""
        self._note(fault)
        self.save(update_fields=["attempts", "last_error"])

    def settle(self) -> None:
        """End what was interrupted."""
        unknown = gettext("Die Übergabe brach ab: Vielleicht kam die Mail an, vielleicht nicht.")
        self.last_error = f"{unknown} {self.last_error}".strip()
        self._end(self.State.FAILED)

    def _note(self, fault: Exception) -> None:
        self.attempts += 1
        self.last_error = f"{type(fault).__name__}: {fault}"[:1000]

    def _end(self, state: State) -> None:
        self.state, self.context = state, {}
        self.save()
