"""Sign-in by OpenID Connect: what OIDC_PROVIDERS says, in the form that allauth reads."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NEEDED = {"id", "name", "server_url", "client_id", "secret"}
OPTIONAL = {"trust_email"}


def apps(providers: str) -> list[dict[str, Any]]:
    """Return allauth's settings of each provider; complain of what is wrong in words."""
    try:
        entries = json.loads(providers or "[]")
    except ValueError as error:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS is no JSON: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ImproperlyConfigured("OIDC_PROVIDERS has to be a list of objects: [{…}, {…}].")
    names = [entry.get("id") for entry in entries]
    if len(set(names)) < len(names):
        raise ImproperlyConfigured("OIDC_PROVIDERS: each id may occur once.")
    return [_app(entry) for entry in entries]


def origins(apps: list[dict[str, Any]]) -> list[str]:
    """Return where the forms of the sign-in page may lead to."""
    parts = [urlsplit(app["settings"]["server_url"]) for app in apps]
    return [f"{part.scheme}://{part.netloc}" for part in parts]


def _app(entry: dict[str, Any]) -> dict[str, Any]:
    if missing := sorted(NEEDED - set(entry)):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: missing are {', '.join(missing)}.")
    if unknown := sorted(set(entry) - NEEDED - OPTIONAL):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: unknown are {', '.join(unknown)}.")
    trust = entry.get("trust_email", False)
    if not isinstance(trust, bool):
        raise ImproperlyConfigured("OIDC_PROVIDERS: trust_email is either true or false.")
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {
            "server_url": entry["server_url"].rstrip("/"),
            "email_authentication": trust,
            "oauth_pkce_enabled": True,
        },
    }
