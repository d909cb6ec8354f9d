"""Files of an application: which ones a challenge asks for, and their sealed bytes."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.applications.models.applications import Application, Submission
from challenges.calls.models import Challenge
from profiles.models import User

MOST_FILES = 10  # that one challenge asks for


class FileSlot(models.Model):
    """A file that applicants may or have to add; fixed once the challenge is published."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="file_slots")
    name = models.CharField(_("Welche Datei"), max_length=120)
    is_required = models.BooleanField(_("muss dabei sein"), default=True)

    class Meta:
        verbose_name = _("verlangte Datei")
        verbose_name_plural = _("verlangte Dateien")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "name"], name="file_slot_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        others = FileSlot.objects.filter(challenge=self.challenge_id).exclude(pk=self.pk)
        if others.filter(name=self.name).exists():
            raise ValidationError({"name": _("Eine Datei mit diesem Namen ist schon verlangt.")})
        if others.count() >= MOST_FILES:
            text = _("Mehr als %(most)s Dateien sind nicht möglich.")
            raise ValidationError(text, "too_many", {"most": MOST_FILES})


class SealedFileQuerySet(models.QuerySet["SealedFile"]):
    def of_draft(self) -> Self:
        return self.filter(submission=None)

    def without_bytes(self) -> Self:
        """For lists: the bytes stay in the database."""
        return self.defer("sealed").select_related("slot").order_by("slot", "pk")


class SealedFile(models.Model):
    """A file that was sealed as it came; `key` is there once two persons opened the application.

    The bytes are encrypted with a key of their own, and that one with the key of the challenge.
    `about` says what the file is, as long as it belongs to a draft, and is encrypted like that; on
    submission it goes into what is sealed. What is replaced or withdrawn loses its bytes.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="files")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="files")
    slot = models.ForeignKey(FileSlot, models.PROTECT, related_name="files")
    sealed = models.BinaryField(null=True)
    sealed_key = models.BinaryField(null=True)
    about = models.BinaryField(null=True)
    key = models.BinaryField(null=True)
    checksum = models.CharField(_("Prüfsumme (SHA-256)"), max_length=64)
    uploaded_at = models.DateTimeField(_("hochgeladen am"))
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("hochgeladen von")
    )

    objects = SealedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("Datei einer Bewerbung")
        verbose_name_plural = _("Dateien von Bewerbungen")
        ordering = ["application", "slot", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "slot"],
                condition=Q(submission=None),
                name="sealed_file_once_per_draft",
            ),
            models.UniqueConstraint(
                fields=["submission", "slot"], name="sealed_file_once_per_submission"
            ),
            models.CheckConstraint(
                condition=Q(submission=None) ^ Q(about=None),
                name="sealed_file_about_only_in_drafts",
            ),
            models.CheckConstraint(
                condition=Q(sealed=None, sealed_key=None)
                | Q(sealed__isnull=False, sealed_key__isnull=False),
                name="sealed_file_has_its_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.slot}"
