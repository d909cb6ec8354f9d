from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class MailKind:
    key: str
    name: Text
    trigger: Text  # when it is sent, in a sentence
    may_be_switched_off: bool
    sample: Mapping[str, Text] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"mail/{self.key}"


@dataclass(frozen=True)
class Subject:
    """What some kinds of mail are about: they stand together where somebody chooses."""

    name: Text
    kinds: tuple[MailKind, ...]
