"""A card as HTML. As a template, twenty of them took longer than the rest of the page."""

from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from marketplace.solutions.card_rows import Row
from profiles.models import Hosting, Licence, Phase
from profiles.models.figures import price_in_words, regions_in_words, teaser
from profiles.models.standards import LABELS

STEPS = f'<span class="badge-phase__steps" aria-hidden="true">{"<i></i>" * len(Phase)}</span>'
CONCEPTS = {phase for phase in Phase if phase.is_concept}


@lru_cache(maxsize=4)
def _words(language: str | None) -> dict[str, str]:
    """Return the words that all cards share, in that language, escaped."""
    values = {**dict([*Phase.choices, *Hosting.choices, *Licence.choices]), **LABELS}
    words = {
        "pilot": gettext("sucht Pilotkommune"),
        "concept": gettext(
            "Noch ohne Einsatz in einer Kommune: ein Konzept, das Mitmachende sucht."
        ),
        "references": gettext("Referenzen"),
        "price": gettext("Preis"),
        "hosting": gettext("Betrieb"),
        "licence": gettext("Lizenz"),
        "regions": gettext("Angeboten"),
        "standards": gettext("Standards"),
    }
    return {key: escape(str(word)) for key, word in (values | words).items()}


def article(id: int, body: str, more: str = "") -> SafeString:
    """Return a card: what it says of a solution, and what depends on the person."""
    return mark_safe(  # noqa: S308  (the parts are HTML)
        f"""
<article class="result-card" aria-labelledby="solution-{id}">{body}{more}
</article>"""
    )


def body(row: Row) -> SafeString:
    words = _words(get_language())
    title, address = escape(row.title), reverse("solution", args=[row.slug])
    phase = words.get(row.phase, escape(row.phase))
    pilot = f'<span class="badge-pilot">{words["pilot"]}</span>' if row.seeks_pilot else ""
    concept = (
        f'<p class="result-card__concept kern-body kern-body--small">{words["concept"]}</p>'
        if row.phase in CONCEPTS
        else ""
    )
    facts = {
        "references": str(row.references),
        "price": escape(price_in_words(row)),
        "hosting": ", ".join(words[value] for value in row.hosting) or "–",
        "licence": words.get(row.licence, escape(row.licence)),
        "regions": escape(regions_in_words(row.regions)),
    }
    return mark_safe(  # noqa: S308  (the parts are escaped)
        f"""
  <div class="result-card__head">
    <span class="badge-phase badge-phase--{row.phase}">{STEPS} {phase}</span>
    {pilot}
  </div>
  <h3 class="result-card__title kern-heading-medium" id="solution-{row.pk}" lang="de">
    <a class="kern-link" href="{address}">{title}</a>
  </h3>
  <p class="result-card__provider">{escape(row.provider)}</p>
  <p class="result-card__teaser kern-body" lang="de">{escape(teaser(row.tagline, row.summary))}</p>
  {concept}
  <dl class="result-card__facts">
    {"".join(f"<div><dt>{words[key]}</dt><dd>{text}</dd></div>" for key, text in facts.items())}
  </dl>
  {_claims(row, words)}"""
    )


def _claims(row: Row, words: dict[str, str]) -> str:
    claims = (
        f'<li><span class="claim claim--{claim.state}">{escape(claim.standard)}'
        f' <span class="claim__status">{words[claim.state]}</span></span></li>'
        for claim in row.claims
    )
    heading = words["standards"]
    return f'<ul class="badges" aria-label="{heading}">{"".join(claims)}</ul>' if row.claims else ""
