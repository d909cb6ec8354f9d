"""Organisations write to each other; nobody sees an address."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.contact import mails
from profiles.models.deployments import Deployment
from profiles.models.memberships import Membership
from profiles.models.organisations import Organisation
from profiles.models.people import AnyUser, User
from profiles.models.solutions import Solution

A_DAY = timedelta(days=1)
SAME_CLICK = timedelta(minutes=10)  # the same words again within this time are the same message
LONGEST = 5_000


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Those of the person's organisations, on either side."""
        return self._of(Organisation.objects.of_member(user))

    def spoken_for_by(self, user: AnyUser) -> Self:
        """Those where the person speaks for a side, also after their end."""
        if not user.is_authenticated:
            return self.none()
        mine = Membership.objects.deciders().of_person(user)
        return self._of(Organisation.objects.filter(memberships__in=mine))

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def with_unread_flag(self, user: User) -> Self:
        """Annotate `is_unread`: the other side has written since the person looked."""
        return self.annotate(is_unread=_news_for(user))

    def unread_by(self, user: User) -> Self:
        return self.visible_to(user).filter(_news_for(user))

    def for_rows(self) -> Self:
        """Load what the list shows; what was written last stands first."""
        last = Message.objects.filter(thread=OuterRef("pk")).order_by("-at", "-pk")
        rows = self.select_related("asking", "answering", "solution")
        return rows.annotate(last_at=Subquery(last.values("at")[:1])).order_by("-last_at", "-pk")

    def start(
        self,
        *,
        asking: Organisation,
        answering: Organisation,
        subject: str,
        text: str,
        by: User,
        at: datetime,
        solution: Solution | None = None,
        deployment: Deployment | None = None,
        alias: str = "",
    ) -> "Thread":
        """Write to an organisation; raises ValidationError where that is not to be.

        The caller knows that the person speaks for the asking organisation. A double click
        returns the thread of the first.
        """
        with transaction.atomic():
            asking.lock()
            again = self.filter(
                asking=asking, answering=answering, subject=subject, created_at__gt=at - SAME_CLICK
            )
            if found := again.filter(messages__author=by, messages__text=text).first():
                return found
            if not asking.is_verified:
                raise ValidationError(gettext("Ihre Organisation ist noch nicht geprüft."))
            thread = self.create(
                asking=asking,
                answering=answering,
                subject=subject,
                solution=solution,
                deployment=deployment,
                answering_alias=alias,
                created_at=at,
            )
            thread.write(text, side=asking, by=by, at=at)
        return thread

    def _of(self, organisations: models.QuerySet[Organisation]) -> Self:
        own = organisations.values("pk")
        return self.filter(Q(asking__in=own) | Q(answering__in=own))


def _news_for(user: User) -> Exists:
    """Whether a thread holds a message of the other side that came after the person's last look."""
    own = Membership.objects.of_person(user).values("organisation")
    looks = Reading.objects.filter(thread=OuterRef("thread"), user=user.pk)
    seen = Exists(looks.filter(at__gte=OuterRef("at")))
    return Exists(
        Message.objects.filter(~seen, thread=OuterRef("pk")).exclude(organisation__in=own)
    )


class Thread(models.Model):
    """What two organisations write to each other about one thing."""

    asking = models.ForeignKey(
        Organisation, models.CASCADE, related_name="asked_threads", verbose_name=_("fragt")
    )
    answering = models.ForeignKey(
        Organisation, models.CASCADE, related_name="answered_threads", verbose_name=_("antwortet")
    )
    solution = models.ForeignKey(
        Solution, models.SET_NULL, null=True, related_name="threads", verbose_name=_("Lösung")
    )
    deployment = models.ForeignKey(
        Deployment, models.SET_NULL, null=True, related_name="threads", verbose_name=_("Einsatz")
    )
    answering_alias = models.CharField(
        _("statt des Namens, bis geantwortet ist"), max_length=200, blank=True
    )
    subject = models.CharField(_("Betreff"), max_length=150)
    created_at = models.DateTimeField(_("begonnen am"))
    closed_at = models.DateTimeField(_("beendet am"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, related_name="+", verbose_name=_("beendet von")
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("Gespräch")
        verbose_name_plural = _("Gespräche")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asking=F("answering")),
                name="thread_between_two",
                violation_error_message=_("Sie können nicht Ihrer eigenen Organisation schreiben."),
            )
        ]
        indexes = [models.Index(fields=["answering", "created_at"], name="thread_answering")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("contact:thread", args=[self.pk])

    def side_of(self, user: AnyUser) -> Organisation | None:
        """The side for which the person speaks; where it is both, the answering one."""
        mine = Membership.objects.deciders().of_person(user)
        sides = [self.answering_id, self.asking_id]
        found = {row.organisation_id: row for row in mine.filter(organisation__in=sides)}
        row = next((found[key] for key in sides if key in found), None)
        return row.organisation if row else None

    def name_of(self, side: Organisation) -> str:
        """The name that the other side knows it by: who was asked unnamed decides by answering."""
        return (self.answering_alias if side == self.answering else "") or side.name

    @property
    def answering_name(self) -> str:
        return self.name_of(self.answering)

    @property
    def closed_by_name(self) -> str:
        return self.name_of(self.closed_by) if self.closed_by else "–"

    def other_side(self, side: Organisation) -> Organisation:
        return self.asking if side == self.answering else self.answering

    @transaction.atomic
    def write(self, text: str, *, side: Organisation, by: User, at: datetime) -> "Message":
        """Add a message and mail the other side; raises ValidationError where that is too much."""
        found = Thread.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if found.closed_at:
            raise ValidationError(gettext("Dieses Gespräch ist beendet."))
        same = self.messages.filter(author=by, text=text, at__gt=at - SAME_CLICK)
        if again := same.first():
            return again
        if (
            Message.objects.filter(author=by, at__gt=at - A_DAY).count()
            >= settings.MESSAGES_PER_DAY
        ):
            raise ValidationError(
                gettext("Für heute haben Sie viel geschrieben. Bitte schreiben Sie morgen weiter.")
            )
        if found.answering_alias and side == found.answering:
            found.answering_alias = self.answering_alias = ""
            found.save(update_fields=["answering_alias"])
        message: Message = self.messages.create(organisation=side, author=by, text=text, at=at)
        mails.written(message)
        return message

    def close(self, *, side: Organisation, at: datetime) -> bool:
        """Say whether this call ended it."""
        return bool(Thread.objects.open().filter(pk=self.pk).update(closed_at=at, closed_by=side))

    def mark_read(self, user: User, *, at: datetime) -> None:
        Reading.objects.update_or_create(thread=self, user=user, defaults={"at": at})


class Message(models.Model):
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="messages", verbose_name=_("Organisation")
    )
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("von")
    )
    text = models.TextField(_("Nachricht"), max_length=LONGEST)
    at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["author", "at"], name="message_author")]

    def __str__(self) -> str:
        return self.text[:60]


class Reading(models.Model):
    """When a person last looked at a thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readings")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.thread}"


class MessageReport(models.Model):
    """Somebody finds a message out of place; the administration looks at it."""

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="reports", verbose_name=_("Nachricht")
    )
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("gemeldet von")
    )
    at = models.DateTimeField(_("gemeldet am"))
    reason = models.TextField(_("Grund"), max_length=2000)
    settled_at = models.DateTimeField(_("erledigt am"), null=True, blank=True)
    is_upheld = models.BooleanField(
        _("unerwünscht"),
        default=False,
        help_text=_("Das Gespräch zählt dann nicht mehr für die Antwortzeit."),
    )

    class Meta:
        verbose_name = _("gemeldete Nachricht")
        verbose_name_plural = _("gemeldete Nachrichten")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "by"],
                name="message_report_once",
                violation_error_message=_("Sie haben diese Nachricht schon gemeldet."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.message} ({self.by})"
