"""What a page of the form has saved while somebody was writing: nobody is overtaken by themselves.

Who goes on before the answer to such a request has come still sends the version of before. The
cache knows which versions the same page has written; where it forgets, both answers are shown.
"""

import secrets
from collections.abc import Mapping

from django.core.cache import cache
from django.http import QueryDict

from challenges.surveys.models import Response

GO = "stay"
KEPT_FOR = 24 * 60 * 60  # seconds
LENGTH = 16


def is_on_the_way(sent: QueryDict) -> bool:
    return sent.get("go") == GO


def name_of_page(sent: QueryDict) -> str:
    """The name that a page was given when it was made; a new one for a new page."""
    name = sent.get("page", "")
    return name if len(name) == LENGTH and name.isalnum() else secrets.token_hex(LENGTH // 2)


def written(response: Response, sent: QueryDict) -> Mapping[str, int]:
    """The versions by key of question; none for a request that may itself come late."""
    if is_on_the_way(sent):
        return {}
    found: dict[str, int] = cache.get(_key(response, sent), {})
    return found


def note(response: Response, sent: QueryDict, versions: Mapping[str, int]) -> None:
    key = _key(response, sent)
    cache.set(key, cache.get(key, {}) | versions, KEPT_FOR)


def _key(response: Response, sent: QueryDict) -> str:
    return f"survey:{response.pk}:{name_of_page(sent)}"
