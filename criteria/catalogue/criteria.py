from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Kind, Term
from profiles.models import Phase
from profiles.models.bilingual import localized
from profiles.models.people import AnyUser

MOST_WORDS = 12


class CriterionPhase(models.TextChoices):
    """From which phase on a criterion counts; the phases themselves are those of solutions."""

    P1 = Phase.P1.value, Phase.P1.label
    P2 = Phase.P2.value, Phase.P2.label
    P3 = Phase.P3.value, Phase.P3.label
    P4 = Phase.P4.value, Phase.P4.label
    P5 = Phase.P5.value, Phase.P5.label
    CONTINUOUS = "CONT", _("Durchgehend")


class CriterionQuerySet(models.QuerySet["Criterion"]):
    """The words that pages, filters, the API and assessments choose criteria with."""

    def of_catalogue(self, catalogue: Catalogue) -> Self:
        return self.filter(catalogue=catalogue)

    def current(self) -> Self:
        """Those of the published catalogue."""
        return self.filter(catalogue__state=Catalogue.State.PUBLISHED)

    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(catalogue__in=Catalogue.objects.visible_to(user).values("pk"))

    def in_phase(self, *phases: str) -> Self:
        """Those that count from one of these phases on, or throughout for `CONT`."""
        return self.filter(phase__in=phases)

    def returning_in(self, sub_phases: Collection[str]) -> Self:
        """Those that return in one of the sub-phases, given by their keys."""
        return self.naming(Kind.SUB_PHASE, sub_phases)

    def relevant_in(self, phase: str) -> Self:
        """What matters in a phase: begins in it, returns in a part of it, or counts throughout."""
        parts = Term.objects.of_kind(Kind.SUB_PHASE).filter(group=phase)
        returning = Criterion.objects.filter(terms__in=parts.values("pk"))
        begins = Q(phase=phase) | Q(phase=CriterionPhase.CONTINUOUS)
        return self.filter(begins | Q(pk__in=returning.values("pk")))

    def naming(self, kind: str, keys: Collection[str]) -> Self:
        """Those that name one of the terms."""
        named = Term.objects.of_kind(kind).filter(key__in=keys)
        found = Criterion.terms.through.objects.filter(term__in=named.values("pk"))
        return self.filter(pk__in=found.values("criterion"))

    def driven_by(self, keys: Collection[str]) -> Self:
        return self.filter(scaling_driver__key__in=keys)

    def milestones(self) -> Self:
        """Milestones by their own text, and those that we take for one."""
        return self.exclude(milestone="", milestone_candidate="")

    def with_gaps(self) -> Self:
        """What a curator should look at: the source is not sure, cut off or leads nowhere."""
        return self.exclude(
            title_confidence=Criterion.Confidence.HIGH, source_truncated="", related_unresolved=[]
        )

    def without_title(self) -> Self:
        return self.filter(title_source=Criterion.TitleSource.MISSING)

    def search(self, text: str) -> Self:
        """Those that hold every word, as a part of a word or by its German stem."""
        columns = ("title_de", "title_en", "summary_de", "summary_en")
        found = self.annotate(words=SearchVector(*columns, config="german"))
        for word in text.split()[:MOST_WORDS]:
            within = [Q(**{f"{column}__icontains": word}) for column in columns]
            stem = Q(words=SearchQuery(word, config="german"))
            found = found.filter(reduce(or_, within, stem))
        return found

    def in_order(self) -> Self:
        return self.order_by("number", "pk")

    def with_terms(self) -> Self:
        """Load all that the vocabulary says of them: one query more."""
        terms = Term.objects.in_order()
        return self.select_related("scaling_driver", "catalogue").prefetch_related(
            Prefetch("terms", terms)
        )

    def with_relations(self) -> Self:
        """Load the relations in both directions: two queries more."""
        near = Criterion.objects.select_related("catalogue").in_order()
        return self.prefetch_related(Prefetch("related", near), Prefetch("related_by", near))


class Criterion(models.Model):
    """One criterion of one version of the catalogue; `key` stays the same in all versions."""

    class TitleSource(models.TextChoices):
        GIVEN = "given", _("steht in der Quelle")
        RELATION = "relation", _("aus den Beziehungen anderer Kriterien erschlossen")
        COINED = "coined", _("von uns gebildet")
        MISSING = "missing", _("fehlt")

    class Confidence(models.TextChoices):
        HIGH = "high", _("sicher")
        MEDIUM = "medium", _("wahrscheinlich")
        COINED = "coined", _("von uns gebildet")
        NONE = "none", _("unbekannt")

    catalogue = models.ForeignKey(
        Catalogue, models.CASCADE, related_name="criteria", verbose_name=_("Fassung")
    )
    key = models.SlugField(_("Schlüssel"), max_length=80)
    number = models.PositiveSmallIntegerField(_("Nummer"))
    title_de = models.CharField(_("Titel (deutsch)"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    title_source = models.CharField(
        _("Herkunft des Titels"), max_length=10, choices=TitleSource, default=TitleSource.GIVEN
    )
    title_confidence = models.CharField(
        _("Sicherheit des Titels"), max_length=10, choices=Confidence, default=Confidence.HIGH
    )
    title_note = models.TextField(_("Hinweis zum Titel"), blank=True)
    phase = models.CharField(_("(ab) Phase"), max_length=4, choices=CriterionPhase)
    scaling_driver = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="driven_criteria",
        limit_choices_to={"kind": Kind.SCALING_DRIVER},
        verbose_name=_("Treiber der Skalierung"),
    )
    terms = models.ManyToManyField(
        Term, related_name="criteria", blank=True, verbose_name=_("Begriffe")
    )
    related = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="related_by",
        blank=True,
        verbose_name=_("verwandte Kriterien"),
    )
    related_unresolved = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("verwandte Titel ohne eigenes Kriterium"),
        default=list,
        blank=True,
    )
    summary_de = models.TextField(_("Worum geht es? (deutsch)"), blank=True)
    summary_en = models.TextField(_("Worum geht es? (englisch)"), blank=True)
    guiding_questions_de = ArrayField(
        models.CharField(max_length=300), verbose_name=_("Leitfragen"), default=list, blank=True
    )
    evidence_de = ArrayField(
        models.CharField(max_length=200), verbose_name=_("Nachweise"), default=list, blank=True
    )
    examples = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("im Text genannte Beispiele"),
        default=list,
        blank=True,
    )
    milestone = models.CharField(
        _("Meilenstein nach der Quelle"), max_length=120, blank=True, default=""
    )
    milestone_candidate = models.CharField(
        _("Meilenstein nach unserer Einschätzung"), max_length=120, blank=True, default=""
    )
    source_truncated = models.CharField(
        _("Lücke der Quelle"), max_length=200, blank=True, default=""
    )
    source_title = models.CharField(
        _("Titel in der Quelle, wo er abweicht"), max_length=200, blank=True, default=""
    )
    source_texts = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("Textspalten, die in der Quelle gefüllt sind"),
        default=list,
        blank=True,
        editable=False,
    )
    source_digest = models.CharField(
        _("Prüfsumme des Quelltextes"), max_length=64, blank=True, default="", editable=False
    )

    objects = CriterionQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[terms, related])

    class Meta:
        verbose_name = _("Kriterium")
        verbose_name_plural = _("Kriterien")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "key"],
                name="criterion_key_once_per_catalogue",
                violation_error_message=_("Diesen Schlüssel gibt es in dieser Fassung schon."),
            ),
            models.UniqueConstraint(
                fields=["catalogue", "number"],
                name="criterion_number_once_per_catalogue",
                violation_error_message=_("Diese Nummer gibt es in dieser Fassung schon."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        if self.catalogue.is_current:
            return reverse("criteria:criterion", args=[self.key])
        return reverse("criteria:version_criterion", args=[self.catalogue.number, self.key])

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def summary(self) -> str:
        return localized(self, "summary")

    @property
    def sub_phases(self) -> list[Term]:
        return self.terms_of(Kind.SUB_PHASE)

    @property
    def workstreams(self) -> list[Term]:
        return self.terms_of(Kind.WORKSTREAM)

    @property
    def stakeholders(self) -> list[Term]:
        return self.terms_of(Kind.STAKEHOLDER)

    @property
    def sub_drivers(self) -> list[Term]:
        return self.terms_of(Kind.SUB_DRIVER)

    @property
    def mechanism_categories(self) -> list[Term]:
        return self.terms_of(Kind.MECHANISM_CATEGORY)

    @property
    def mechanisms(self) -> list[Term]:
        return self.terms_of(Kind.MECHANISM)

    @property
    def operator_models(self) -> list[Term]:
        return self.terms_of(Kind.OPERATOR_MODEL)

    @property
    def good_practices(self) -> list[Term]:
        return self.terms_of(Kind.GOOD_PRACTICE)

    def terms_of(self, kind: str) -> list[Term]:
        """The terms of one kind; no query where they are loaded (`with_terms`)."""
        return [term for term in self.terms.all() if term.kind == kind]

    @property
    def has_gap(self) -> bool:
        """Whether readers should know that the source was not complete."""
        is_sure = self.title_confidence == self.Confidence.HIGH
        return bool(self.source_truncated or self.related_unresolved or not is_sure)

    @property
    def is_milestone(self) -> bool:
        return bool(self.milestone or self.milestone_candidate)

    @property
    def milestone_name(self) -> str:
        return self.milestone_candidate or self.milestone
