"""The shape of a "who may" table; each feature keeps its own, named WHO_MAY, beside its tests.

A row is (method, answer of each role); tests/test_who_may.py collects the tables and tries them.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from profiles.models import Organisation, User
from tests.factories import make_agency, make_member, make_state, make_user

GET, POST = "get", "post"
LOGIN = "login"

PEOPLE: dict[str, Callable[[Organisation], User | None]] = {
    "anonymous": lambda organisation: None,
    "stranger": lambda organisation: make_user(),
    "viewer": lambda organisation: make_member(organisation, "viewer"),
    "editor": lambda organisation: make_member(organisation, "editor"),
    "owner": lambda organisation: make_member(organisation, "owner"),
    "agency": lambda organisation: make_member(make_agency(), "editor"),
    "agency elsewhere": lambda organisation: make_member(make_agency(state=make_state("DE-NI"))),
    "admin": lambda organisation: make_user(is_staff=True, is_superuser=True),
}


class Table(NamedTuple):
    """The rows of a feature.

    `address(name, organisation)` makes what the address needs, as of that organisation; `form` is
    what a POST sends; `organisation` makes the one to which viewer, editor and owner belong.
    """

    rows: dict[str, tuple[Any, ...]]
    address: Callable[[str, Organisation], str]
    organisation: Callable[[], Organisation]
    form: Callable[[Organisation], dict[str, Any]] = lambda organisation: {}
