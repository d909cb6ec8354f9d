"""Who can open the applications of a challenge, two together, and what was done with the keys."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from challenges.calls.models import Challenge
from profiles.models import Membership, User


class KeyHolderQuerySet(models.QuerySet["KeyHolder"]):
    def with_entitled(self) -> Self:
        """Annotate `is_entitled`: whether the person still speaks for those who post it."""
        speaking = Membership.objects.deciders().active()
        speaking = speaking.filter(
            organisation=OuterRef("challenge__organisation"), user=OuterRef("user")
        )
        return self.annotate(is_entitled=Exists(speaking))

    def entitled(self) -> Self:
        return self.with_entitled().filter(is_entitled=True)

    def former(self) -> Self:
        """Those who have left, or read only, since they made their key."""
        return self.with_entitled().filter(is_entitled=False)


class KeyHolder(models.Model):
    """A person who can open the applications of a challenge, together with another one.

    The private key is locked with a passphrase that only the person knows.
    """

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="key_holders")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Person"))
    public_key = models.BinaryField()
    locked_key = models.BinaryField()
    created_at = models.DateTimeField(_("eingerichtet am"))

    is_entitled: bool  # by with_entitled()

    objects = KeyHolderQuerySet.as_manager()

    class Meta:
        verbose_name = _("Schlüsselinhaber:in")
        verbose_name_plural = _("Schlüsselinhaber:innen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "user"], name="key_holder_once"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class ChallengeKey(models.Model):
    """The key that seals the applications of a challenge; made when it is published.

    `opening_at`: from then on nothing more is taken, whatever the clock says.
    """

    challenge = models.OneToOneField(
        Challenge, models.PROTECT, primary_key=True, related_name="seal_key"
    )
    public_key = models.BinaryField()
    made_at = models.DateTimeField(_("erzeugt am"))
    opening_at = models.DateTimeField(_("Öffnung begonnen am"), null=True)
    opened_at = models.DateTimeField(_("geöffnet am"), null=True)

    class Meta:
        verbose_name = _("Schlüssel einer Challenge")
        verbose_name_plural = _("Schlüssel von Challenges")

    def __str__(self) -> str:
        return str(self.challenge)


class KeyCopy(models.Model):
    """The private key, encrypted for `second` and around that for `first`.

    `turned` has the outer layer off: it is the progress between the two passphrases.
    """

    key = models.ForeignKey(ChallengeKey, models.PROTECT, related_name="copies")
    first = models.ForeignKey(KeyHolder, models.PROTECT, related_name="copies")
    second = models.ForeignKey(KeyHolder, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    turned = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("verschlüsselte Kopie")
        verbose_name_plural = _("verschlüsselte Kopien")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "first", "second"], name="key_copy_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="key_copy_takes_two"),
        ]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"


class SealEntryQuerySet(models.QuerySet["SealEntry"]):
    def for_page(self) -> Self:
        return self.select_related("by").order_by("at", "pk")


class SealEntry(models.Model):
    """What happened to the seal; the database lets nobody change or remove it."""

    class Kind(models.TextChoices):
        HOLDER_ADDED = "holder_added", _("Schlüssel eingerichtet")
        HOLDER_REMOVED = "holder_removed", _("Schlüssel entfernt")
        SEALED = "sealed", _("Schlüssel der Challenge erzeugt")
        TURNED = "turned", _("erste Passphrase eingegeben")
        OPENED = "opened", _("Bewerbungen geöffnet")
        DAMAGED = "damaged", _("lässt sich nicht öffnen")

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="seal_log")
    kind = models.CharField(_("Schritt"), max_length=20, choices=Kind)
    at = models.DateTimeField(_("am"))
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("durch")
    )
    note = models.CharField(_("Anmerkung"), max_length=200, blank=True)

    objects = SealEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Schritt am Siegel")
        verbose_name_plural = _("Schritte am Siegel")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
