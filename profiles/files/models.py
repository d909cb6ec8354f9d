from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from profiles.files.inspection.kinds import LABELS
from profiles.models.organisations import Organisation
from profiles.models.people import AnyUser, User
from profiles.models.solutions import Solution

FOLDER = "files"
MOST_OF_A_KIND = 6


def random_path(_file: "StoredFile", _name: str) -> str:
    """Return where a file goes: nobody can guess it, and nothing of it was typed by anybody."""
    word = uuid4().hex
    return f"{FOLDER}/{word[:2]}/{word}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Public ones of the solutions that the person sees, and all of their organisations.

        Evidence also to those who check the organisation: admins, and the agency of its state.
        """
        shown = SolutionFile.objects.filter(
            file=OuterRef("pk"), solution__in=Solution.objects.visible_to(user).values("pk")
        )
        visible = Q(Exists(shown), is_public=True)
        if user.is_authenticated:
            own = Organisation.objects.of_member(user).values("pk")
            checked = Organisation.objects.verifiable_by(user).values("pk")
            visible |= Q(organisation__in=own)
            visible |= Q(kind=StoredFile.Kind.EVIDENCE, organisation__in=checked)
        return self.filter(visible)

    def open_to_everybody(self) -> Self:
        """Those that need no sign-in, so that caches between us and people may keep them."""
        published = SolutionFile.objects.filter(
            file=OuterRef("pk"), solution__published_at__isnull=False
        )
        return self.filter(Exists(published), is_public=True)

    def with_openness(self) -> Self:
        """Annotate `is_open`: whether everybody may see it."""
        return self.annotate(
            is_open=Exists(StoredFile.objects.open_to_everybody().filter(pk=OuterRef("pk")))
        )

    def unreferenced(self) -> Self:
        """Those that no other row points at: what they belonged to is gone."""
        relations = [one for one in StoredFile._meta.related_objects if not one.hidden]
        return self.filter(**{f"{one.name}__isnull": True for one in relations})

    def uploaded_before(self, moment: datetime) -> Self:
        return self.filter(uploaded_at__lt=moment)


class StoredFile(models.Model):
    """What somebody has uploaded: a file in the storage, and whose it is (Datei)."""

    class Kind(models.TextChoices):
        SCREENSHOT = "screenshot", _("Bild")
        DOCUMENT = "document", _("Dokument")
        EVIDENCE = "evidence", _("Nachweis")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="files", verbose_name=_("Organisation")
    )
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    name = models.CharField(_("Name"), max_length=120)
    file = models.FileField(_("Datei"), upload_to=random_path, max_length=60, unique=True)
    content_type = models.CharField(_("Format"), max_length=100)
    size = models.PositiveIntegerField(_("Größe in Byte"))
    sha256 = models.CharField(_("Prüfsumme (SHA-256)"), max_length=64)
    width = models.PositiveSmallIntegerField(_("Breite"), null=True, blank=True)
    height = models.PositiveSmallIntegerField(_("Höhe"), null=True, blank=True)
    is_public = models.BooleanField(_("öffentlich"), default=False)
    uploaded_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hochgeladen von"),
    )
    uploaded_at = models.DateTimeField(_("hochgeladen am"))

    is_open: bool  # by with_openness()

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("Datei")
        verbose_name_plural = _("Dateien")
        ordering = ["-uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="evidence") | Q(is_public=False),
                name="stored_file_evidence_is_private",
                violation_error_message=_("Nachweise sind nicht öffentlich."),
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stored_file", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, and the file when that is certain."""
        storage, path = self.file.storage, self.path
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(lambda: storage.delete(path), robust=True)
        return deleted

    @property
    def path(self) -> str:
        """Where the storage has it."""
        return str(self.file.name)

    @property
    def format_label(self) -> str:
        return LABELS.get(self.content_type, self.content_type)

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


class TooManyError(ValidationError):
    """There is no place left for another file of this kind."""

    def __init__(self) -> None:
        text = _("Mehr als %(most)s sind nicht möglich. Bitte entfernen Sie zuerst etwas anderes.")
        super().__init__(text, code="too_many", params={"most": MOST_OF_A_KIND})


class SolutionFileQuerySet(models.QuerySet["SolutionFile"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def editable_by(self, user: AnyUser) -> Self:
        return self.filter(solution__in=Solution.objects.editable_by(user).values("pk"))


class SolutionFile(models.Model):
    """A picture or document on the page of a solution; its place in the row is its position."""

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="solution_file")
    kind = models.CharField(_("Art"), max_length=10, choices=StoredFile.Kind)
    alt_text = models.CharField(_("Was auf dem Bild zu sehen ist"), max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"))

    objects = SolutionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("Datei einer Lösung")
        verbose_name_plural = _("Dateien einer Lösung")
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(position__lt=MOST_OF_A_KIND), name="solution_file_not_too_many"
            ),
            models.UniqueConstraint(
                fields=["solution", "kind", "position"],
                name="solution_file_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(kind="screenshot") ^ Q(alt_text=""),
                name="solution_file_alt_text_of_pictures",
                violation_error_message=_("Zu einem Bild gehört, was darauf zu sehen ist."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["screenshot", "document"]),
                name="solution_file_kind_is_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.solution}: {self.file}"

    @classmethod
    @transaction.atomic
    def append(cls, solution: Solution, file: StoredFile, alt_text: str = "") -> "SolutionFile":
        """Put a file behind the others of its kind; raises TooManyError when there is no place."""
        cls._lock(solution)
        position = solution.files.of_kind(file.kind).count()
        if position >= MOST_OF_A_KIND:
            raise TooManyError
        given = {"solution": solution, "file": file, "alt_text": alt_text}
        return cls.objects.create(**given, kind=file.kind, position=position)

    @transaction.atomic
    def move(self, by: int) -> None:
        """Let it change places with its neighbour; at the end of the row nothing happens."""
        row = self._row()
        place = row.index(self)
        goal = min(max(place + by, 0), len(row) - 1)
        row.insert(goal, row.pop(place))
        self._renumber(row)

    @transaction.atomic
    def remove(self) -> None:
        """Delete the file with it, and close the gap."""
        row = self._row()
        row.remove(self)
        self.file.delete()
        self._renumber(row)

    def _row(self) -> "list[SolutionFile]":
        self._lock(self.solution)
        row = list(self.solution.files.of_kind(self.kind).order_by("position"))
        if self not in row:  # somebody else has removed it meanwhile
            raise SolutionFile.DoesNotExist
        return row

    @staticmethod
    def _lock(solution: Solution) -> None:
        Solution.objects.select_for_update(no_key=True).get(pk=solution.pk)

    @staticmethod
    def _renumber(row: "list[SolutionFile]") -> None:
        for position, entry in enumerate(row):
            entry.position = position
        SolutionFile.objects.bulk_update(row, ["position"])
