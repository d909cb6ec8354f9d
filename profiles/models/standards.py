from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.bilingual import Named, localized

if TYPE_CHECKING:
    from profiles.files.models import StoredFile


class Standard(Named):
    """A certificate, standard or contract form that buyers ask for (Standard, Nachweis)."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("Zertifikat")
        ATTESTATION = "attestation", _("Prüfbericht")
        LAW = "law", _("Gesetz")
        DIRECTIVE = "directive", _("Richtlinie")
        STANDARD = "standard", _("technischer Standard")
        CONTRACT_FORM = "contract_form", _("Vertragsmuster")
        LICENCE = "licence", _("Lizenz")
        INFRASTRUCTURE = "infrastructure", _("Infrastruktur")
        LABEL = "label", _("Kennzeichen")
        METHODOLOGY = "methodology", _("Vorgehensweise")

    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    category = models.SlugField(_("Gruppe"), max_length=40)
    is_common = models.BooleanField(_("im Filter zuerst zeigen"), default=False)
    description_de = models.TextField(_("Beschreibung (deutsch)"), blank=True)
    description_en = models.TextField(_("Beschreibung (englisch)"), blank=True)
    evidence_de = models.TextField(_("üblicher Nachweis (deutsch)"), blank=True)
    evidence_en = models.TextField(_("üblicher Nachweis (englisch)"), blank=True)
    reference = models.CharField(_("Fundstelle"), max_length=200, blank=True)
    source = models.CharField(_("Quelle"), max_length=300, blank=True)
    note_de = models.TextField(_("Hinweis für Redakteur:innen"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Standard")
        verbose_name_plural = _("Standards")
        ordering = ["-is_common", "name_de"]

    @property
    def description(self) -> str:
        return localized(self, "description")


class ClaimQuerySet(models.QuerySet["StandardClaim"]):
    def valid(self, *, on: date) -> Self:
        """In force on that day: not merely planned, and not expired (last day included)."""
        return self.exclude(status=StandardClaim.Status.PLANNED).filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=on),
            models.Q(valid_until=None) | models.Q(valid_until__gte=on),
        )

    def backable(self) -> Self:
        """Those that evidence can stand behind: what is merely planned has none."""
        return self.exclude(status=StandardClaim.Status.PLANNED)

    def turning(self, *, after: date, until: date) -> Self:
        """Whose validity begins or ends between the two days: `valid` may answer otherwise."""
        return self.filter(
            models.Q(valid_from__gt=after, valid_from__lte=until)
            | models.Q(valid_until__gte=after, valid_until__lt=until)
        )

    def with_evidence(self) -> Self:
        """Backed by more than the provider's own word."""
        return self.filter(
            status__in=[StandardClaim.Status.EVIDENCE_UPLOADED, StandardClaim.Status.VERIFIED]
        )

    def running_out(self, *, after: date, until: date) -> Self:
        """Of published solutions, with a last day after the one and up to the other."""
        shown = self.exclude(status=StandardClaim.Status.PLANNED)
        shown = shown.filter(solution__published_at__isnull=False)
        return shown.filter(valid_until__gt=after, valid_until__lte=until)


class StandardClaim(models.Model):
    """A provider's statement that its solution meets a standard, and what backs it."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("geplant")
        SELF_DECLARED = "self_declared", _("Eigenangabe")
        EVIDENCE_UPLOADED = "evidence_uploaded", _("Nachweis hinterlegt")
        VERIFIED = "verified", _("Nachweis geprüft")

    solution = models.ForeignKey("profiles.Solution", models.CASCADE, related_name="claims")
    standard = models.ForeignKey(
        Standard, models.PROTECT, related_name="claims", verbose_name=_("Standard")
    )
    status = models.CharField(
        _("Stand"), max_length=20, choices=Status, default=Status.SELF_DECLARED
    )
    version_or_level = models.CharField(_("Fassung oder Stufe"), max_length=80, blank=True)
    scope = models.CharField(_("Geltungsbereich"), max_length=200, blank=True)
    issuer = models.CharField(_("ausgestellt von"), max_length=120, blank=True)
    certificate_no = models.CharField(_("Nummer"), max_length=80, blank=True)
    evidence_url = models.URLField(_("Adresse des Nachweises"), blank=True)
    evidence_file = models.ForeignKey(
        "profiles.StoredFile",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("Nachweis als Datei"),
    )
    valid_from = models.DateField(_("gültig ab"), null=True, blank=True)
    valid_until = models.DateField(_("gültig bis"), null=True, blank=True)
    verified_by = models.ForeignKey(
        "profiles.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("geprüft von"),
    )
    verified_at = models.DateTimeField(_("geprüft am"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Angabe zu einem Standard")
        verbose_name_plural = _("Angaben zu Standards")
        ordering = ["standard__name_de", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "standard"],
                name="claim_once_per_standard",
                violation_error_message=_("Zu diesem Standard gibt es schon eine Angabe."),
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=False) | ~models.Q(status="verified"),
                name="claim_verified_has_date",
                violation_error_message=_("Zu „geprüft“ gehört das Datum der Prüfung."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_from=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="claim_validity_in_order",
                violation_error_message=_("Die Gültigkeit endet, bevor sie beginnt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} ({self.get_status_display()})"

    def is_expired(self, *, on: date) -> bool:
        return self.valid_until is not None and self.valid_until < on

    @transaction.atomic
    def replace_evidence(self, file: "StoredFile | None") -> None:
        """Put another paper behind the claim, or none; what was checked before was the old one."""
        earlier, self.evidence_file = self.evidence_file, file
        is_backed = file or self.evidence_url
        self.status = self.Status.EVIDENCE_UPLOADED if is_backed else self.Status.SELF_DECLARED
        self.verified_by = self.verified_at = None
        self.save()
        if earlier:
            earlier.delete()

    @property
    def state(self) -> str:
        """The status as it stands today: what has run out is "expired", whatever backed it."""
        return claim_state(self.status, self.valid_until, on=timezone.localdate())

    @property
    def state_label(self) -> str:
        return claim_state_label(self.state)


EXPIRED = "expired"
LABELS = {**dict(StandardClaim.Status.choices), EXPIRED: _("abgelaufen")}


def claim_state(status: str, valid_until: date | None, *, on: date) -> str:
    return EXPIRED if valid_until is not None and valid_until < on else status


def claim_state_label(state: str) -> str:
    return str(LABELS[state])
