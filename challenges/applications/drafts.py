"""Drafts, encrypted with a key of this installation: their own people read them, a dump does not.

Whoever runs the server and has its SECRET_KEY could (docs/security.md). What was handed in is not
kept here: see `submitting.py`.
"""

import json
import os
from datetime import datetime
from typing import TypedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db.models import F

from challenges.applications.models import Application
from profiles.models import User

NONCE = 12  # bytes


class Draft(TypedDict):
    """Answers and amounts by the key of what they answer; the solution by its key."""

    answers: dict[str, str]
    prices: dict[str, str]
    solution: int | None


def empty() -> Draft:
    return {"answers": {}, "prices": {}, "solution": None}


def encrypt(draft: Draft, application: Application) -> bytes:
    return hide(json.dumps(draft).encode(), _place(application))


def read(application: Application) -> Draft:
    """Return the draft; an empty one where there is none, or its key is gone."""
    text = None if application.draft is None else show(application.draft, _place(application))
    draft: Draft = empty() if text is None else json.loads(text)
    return draft


def hide(text: bytes, place: bytes) -> bytes:
    """Encrypt with the key of this installation; put anywhere else, it does not open."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text, place)


def show(hidden: bytes | memoryview, place: bytes) -> bytes | None:
    """Return what was hidden, or None if its key is gone."""
    kept = bytes(hidden)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(str(secret)).decrypt(kept[:NONCE], kept[NONCE:], place)
        except InvalidTag:
            continue
    return None


def save(application: Application, draft: Draft, *, by: User, at: datetime, seen: int) -> bool:
    """Keep it; False, and nothing kept, if somebody saved since version `seen`."""
    changed = Application.objects.with_draft().filter(pk=application.pk, version=seen)
    return bool(
        changed.update(
            draft=encrypt(draft, application), draft_by=by, draft_at=at, version=F("version") + 1
        )
    )


def _cipher(secret: str) -> ChaCha20Poly1305:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"drafts of applications")
    return ChaCha20Poly1305(derived.derive(secret.encode()))


def _place(application: Application) -> bytes:
    return f"draft/{application.pk}".encode()
