"""What search engines read: schema.org, as JSON-LD within the page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from challenges.models import Challenge
from profiles.models import Provider, Solution

Data = dict[str, Any]


def described(thing: Solution | Provider | Challenge, request: HttpRequest) -> Data:
    description: dict[type, Callable[..., Data]] = {
        Solution: _solution,
        Provider: _provider,
        Challenge: _challenge,
    }
    address = request.build_absolute_uri(thing.get_absolute_url())
    data = {"@context": "https://schema.org", **description[type(thing)](thing), "url": address}
    return {key: value for key, value in data.items() if value not in ("", None, [])}


def _solution(solution: Solution) -> Data:
    kinds = {
        Solution.OfferingType.PRODUCT: "SoftwareApplication",
        Solution.OfferingType.SERVICE: "Service",
        Solution.OfferingType.DATA_SET: "Dataset",
    }
    kind = kinds[Solution.OfferingType(solution.offering_type)]
    data: Data = {
        "@type": kind,
        "name": solution.title,
        "description": solution.summary,
        "keywords": [topic.name for topic in solution.topics.all()],
        "areaServed": [state.name for state in solution.regions.all()] or "DE",
    }
    if kind == "SoftwareApplication":
        data["applicationCategory"] = "BusinessApplication"
        data["operatingSystem"] = "Web"
    maker = "creator" if kind == "Dataset" else "provider"
    data[maker] = {"@type": "Organization", "name": solution.provider.organisation.name}
    if solution.price_from_eur is not None and kind != "Dataset":
        data["offers"] = {
            "@type": "Offer",
            "price": solution.price_from_eur,
            "priceCurrency": "EUR",
        }
    return data


def _challenge(challenge: Challenge) -> Data:
    """Describe it as a demand for offers, which ends with the deadline."""
    data: Data = {
        "@type": "Demand",
        "name": challenge.title,
        "description": challenge.problem,
        "offeredBy": {"@type": "Organization", "name": challenge.organisation.name},
        "areaServed": challenge.organisation.seat and challenge.organisation.seat.name,
        "identifier": challenge.slug,
    }
    if challenge.applications_from and challenge.applications_until:
        data["availabilityStarts"] = challenge.applications_from.isoformat()
        data["availabilityEnds"] = challenge.applications_until.isoformat()
    if challenge.budget_eur is not None:
        price = {"@type": "PriceSpecification", "priceCurrency": "EUR"}
        data["priceSpecification"] = {**price, "maxPrice": challenge.budget_eur}
    return data


def _provider(provider: Provider) -> Data:
    return {
        "@type": "Organization",
        "name": provider.organisation.name,
        "description": provider.description,
        "slogan": provider.tagline,
        "sameAs": provider.organisation.website,
        "foundingDate": provider.founded and str(provider.founded),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": provider.city,
            "addressCountry": "DE",
        },
    }
