"""Who else may read the council report, and what it bears at its head."""

from datetime import datetime, timedelta
from typing import Self

from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from criteria.assessments import colours
from criteria.assessments.models import Assessment
from profiles import documents
from profiles.files.inspection import Accepted
from profiles.files.storing import kept
from profiles.models import Organisation, StoredFile, User

SIGNER = signing.Signer(salt="criteria.assessments.report")


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def open(self, *, at: datetime) -> Self:
        """Those that lead somewhere at that moment."""
        return self.filter(revoked_at=None, expires_at__gt=at)

    def with_token(self, token: str) -> Self:
        """The one of a token; none if a letter of it was changed."""
        try:
            return self.filter(pk=int(SIGNER.unsign(token)))
        except (signing.BadSignature, ValueError):
            return self.none()

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class ShareLink(models.Model):
    """A link by which people without an account read a council report for some days."""

    class Days(models.IntegerChoices):
        WEEK = 7, _("7 Tage")
        MONTH = 30, _("30 Tage")
        QUARTER = 90, _("90 Tage")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="share_links")
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("angelegt von")
    )
    created_at = models.DateTimeField(_("angelegt am"))
    expires_at = models.DateTimeField(_("gültig bis"))
    revoked_at = models.DateTimeField(_("zurückgezogen am"), null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("Link zu einem Bericht")
        verbose_name_plural = _("Links zu Berichten")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="share_link_expires_later",
            )
        ]

    def __str__(self) -> str:
        return str(self.assessment)

    def get_absolute_url(self) -> str:
        return reverse("assessments:shared", args=[self.token])

    @property
    def token(self) -> str:
        return SIGNER.sign(str(self.pk))

    def revoke(self, *, at: datetime) -> None:
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])

    @classmethod
    def issue(cls, assessment: Assessment, *, days: int, by: User, at: datetime) -> "ShareLink":
        expires_at = at + timedelta(days=days)
        return cls.objects.create(
            assessment=assessment, created_by=by, created_at=at, expires_at=expires_at
        )


class LetterheadQuerySet(models.QuerySet["Letterhead"]):
    def of(self, organisation: Organisation) -> "Letterhead | None":
        """Its own, or else that of the verified agency of its state."""
        own = self.filter(organisation=organisation).first()
        if own or organisation.seat is None:
            return own
        agencies = Organisation.objects.verifying().filter(state=organisation.seat)
        return self.filter(organisation__in=agencies.values("pk")).order_by("pk").first()


class Letterhead(models.Model):
    """What an agency puts at the head and the foot of the reports in its state."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="letterhead", verbose_name=_("Organisation")
    )
    head = models.CharField(_("Kopfzeile"), max_length=120)
    address = models.CharField(_("Anschrift"), max_length=160, blank=True)
    accent = models.CharField(_("Farbe"), max_length=7, blank=True)
    logo = models.ForeignKey(
        StoredFile,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="letterheads",
        verbose_name=_("Logo"),
    )
    foot = models.TextField(_("Schlusszeile"), max_length=300, blank=True)

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        verbose_name = _("Briefkopf")
        verbose_name_plural = _("Briefköpfe")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accent="") | models.Q(accent__regex=colours.PATTERN),
                name="letterhead_accent_is_a_colour",
            )
        ]

    def __str__(self) -> str:
        return self.head

    def on_paper(self) -> documents.Letterhead:
        return documents.Letterhead(
            name=self.head,
            address=self.address,
            accent=self.accent,
            logo=_content(self.logo) if self.logo else b"",
            logo_text=gettext("Logo: %(name)s") % {"name": self.organisation.name},
        )

    def put(
        self, logo: Accepted | None, *, removes_logo: bool = False, by: User, at: datetime
    ) -> None:
        """Save it, with the new logo if there is one; one that it replaces goes with the sweep."""
        if removes_logo:
            self.logo = None
        if logo is None:
            self.save()
            return
        kind = StoredFile.Kind.DOCUMENT
        with kept(logo, organisation=self.organisation, kind=kind, by=by, at=at) as file:
            self.logo = file
            self.save()


def _content(file: StoredFile) -> bytes:
    """Return what the storage has; a paper without its logo is better than none."""
    try:
        with file.file.open() as opened:
            return bytes(opened.read())
    except OSError:
        return b""
