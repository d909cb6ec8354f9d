"""The shape of a "who may" table; each feature keeps its own, named WHO_MAY, beside its tests.

A row is (method, answer of each role), by the name of the address, with ", why" where one name has
several rows; tests/test_who_may.py collects the tables and tries them.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from profiles.models import User
from tests.factories import make_agency, make_member, make_state, make_user

GET, POST = "get", "post"
LOGIN = "login"

People = Mapping[str, Callable[[Any], User | None]]

PEOPLE: People = {
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

    `subject` makes what they are about: the organisation to which viewer, editor and owner belong,
    or a thing of whose organisation `people` knows. `address(name, subject)` makes what the address
    needs; `form` is what a POST sends.
    """

    rows: dict[str, tuple[Any, ...]]
    address: Callable[[str, Any], str]
    subject: Callable[[], Any]
    form: Callable[[Any], dict[str, Any]] = lambda subject: {}
    people: People = PEOPLE
