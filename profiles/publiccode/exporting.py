"""Write the publiccode.yml of an open source solution, in the standard's version 0.7."""

from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from profiles.models.solutions import Solution
from profiles.models.standards import StandardClaim
from profiles.publiccode import terms
from profiles.publiccode.describing import HEADINGS

SHORT = 150
LONG = (150, 10_000)


def missing_for_export(solution: Solution) -> list[str]:
    """Return, in words, what the standard demands and the solution does not say."""
    needs = {
        _("die Lizenz nach SPDX"): solution.spdx_licence,
        _("die Adresse des Quelltextes"): solution.repository_url,
        _("die Sprachen"): _languages(solution),
        _("ein Text von mindestens 150 Zeichen"): len(_long(solution)) >= LONG[0],
    }
    return [what for what, value in needs.items() if not value]


def as_yaml(solution: Solution) -> str:
    """Return the file; of what is missing it says so, instead of inventing it."""
    missing = ", ".join(missing_for_export(solution))
    lines = [f"# {_('Aus dem GovTech-Marktplatz:')} {_address(solution)}"]
    if missing:
        lines.append(f"# {_('Der Anbieter hat noch nicht angegeben:')} {missing}")
    body = yaml.safe_dump(_described(solution), allow_unicode=True, sort_keys=False, width=100)
    return "\n".join([*lines, body])


def _described(solution: Solution) -> dict[str, Any]:
    data = {
        "publiccodeYmlVersion": terms.WRITTEN_AS,
        "name": solution.title,
        "url": solution.repository_url,
        "landingURL": _address(solution),
        "platforms": _platforms(solution),
        "categories": _categories(solution),
        "usedBy": _used_by(solution),
        "developmentStatus": terms.STATUSES[solution.phase],  # type: ignore[index]
        "softwareType": _type(solution),
        "supports": _supports(solution),
        "intendedAudience": {"countries": ["DE"], "scope": ["local-authorities"]},
        "organisation": _organisation(solution),
        "description": {"de": _description(solution)},
        "legal": {"license": solution.spdx_licence} if solution.spdx_licence else None,
        "maintenance": {"type": "internal", "contacts": [_contact(solution)]},
        "localisation": _localisation(solution),
    }
    return {key: value for key, value in data.items() if value}


def _address(solution: Solution) -> str:
    return f"{settings.SITE_URL}{solution.get_absolute_url()}"


def _description(solution: Solution) -> dict[str, Any]:
    short = solution.tagline or solution.teaser
    return {
        "localisedName": solution.title,
        "shortDescription": short if len(short) <= SHORT else f"{short[: SHORT - 1].rstrip()}…",
        "longDescription": _long(solution)[: LONG[1]],
        "features": [topic.name_de for topic in solution.topics.all()],
    }


def _long(solution: Solution) -> str:
    parts = [solution.summary]
    for field, heading in HEADINGS.items():
        if text := getattr(solution, field):
            parts.append(f"{heading}\n\n{text}")
    return "\n\n".join("\n".join(part.splitlines()) for part in parts)


def _tags(solution: Solution) -> set[str]:
    return {tag.key for tag in solution.technology_tags.all()}


def _platforms(solution: Solution) -> list[str]:
    tags = _tags(solution)
    mobile = ["ios", "android"] if "mobile_app" in tags else []
    web = ["web"] if "web_saas" in tags else []
    return [*web, *mobile] or ["web"]


def _type(solution: Solution) -> str:
    tags = _tags(solution)
    if "iot_sensorik" in tags:
        return "standalone/iot"
    return (
        "standalone/mobile"
        if {"mobile_app"} == tags & {"mobile_app", "web_saas"}
        else ("standalone/web")
    )


def _categories(solution: Solution) -> list[str]:
    found = {terms.CATEGORY_OF.get(topic.key) for topic in solution.topics.all()}
    return sorted(category for category in found if category)


def _used_by(solution: Solution) -> list[str]:
    """The municipalities that have confirmed it themselves."""
    confirmed = (one for one in solution.deployments.all() if one.confirmed_at)
    return sorted({one.municipality.name for one in confirmed})


def _supports(solution: Solution) -> list[dict[str, str]]:
    aliases = {key: alias for alias, key in terms.SUPPORTS.items()}
    keys = [
        claim.standard.key
        for claim in solution.claims.all()
        if claim.status != StandardClaim.Status.PLANNED
    ]
    return [{"id": aliases[key]} for key in keys if key in aliases]


def _organisation(solution: Solution) -> dict[str, str] | None:
    organisation = solution.provider.organisation
    if not organisation.website:
        return None
    return {"name": organisation.name, "uri": organisation.website}


def _contact(solution: Solution) -> dict[str, str]:
    """The provider's own contact, as its page shows it; no person is named."""
    contact = {"name": solution.provider.organisation.name}
    if solution.provider.contact_email:
        contact["email"] = solution.provider.contact_email
    return contact


def _languages(solution: Solution) -> list[str]:
    tags = (terms.LANGUAGE_TAGS.get(language) for language in solution.languages)
    return [tag for tag in tags if tag]


def _localisation(solution: Solution) -> dict[str, Any] | None:
    languages = _languages(solution)
    if not languages:
        return None
    return {"localisationReady": len(languages) > 1, "availableLanguages": languages}
