"""Organisations as OCDS knows them. People are never told of: a contact may be somebody's name."""

from typing import Any

from profiles.models import Organisation

Data = dict[str, Any]


def reference(organisation: Organisation) -> Data:
    return {"id": organisation.slug, "name": organisation.name}


def party(organisation: Organisation, roles: list[str]) -> Data:
    """Describe an organisation; a place is identified by its official key (AGS)."""
    found = reference(organisation) | {"roles": roles, "address": _address(organisation)}
    place = organisation.municipality
    if place is not None:
        found["identifier"] = {"scheme": "DE-AGS", "id": place.ags, "legalName": organisation.name}
    return found


def _address(organisation: Organisation) -> Data:
    address = {"countryName": "Deutschland"}
    if organisation.municipality is not None:
        address["locality"] = organisation.municipality.name
    if organisation.seat is not None:
        address["region"] = organisation.seat.name_de
    return address
