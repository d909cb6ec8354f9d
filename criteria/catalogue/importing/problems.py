"""What a file says that cannot be read: always with row, column and what is left over."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

SHOWN = 80  # characters of a leftover that help to find it


@dataclass(frozen=True)
class Problem:
    text: str
    row: int | None = None
    column: str = ""
    leftover: str = ""

    def __str__(self) -> str:
        where = []
        if self.row is not None:
            where.append(_("Zeile %(row)s") % {"row": self.row})
        if self.column:
            where.append(_("Spalte „%(column)s“") % {"column": self.column})
        text = f"{', '.join(where)}: {self.text}" if where else self.text
        return f"{text} ({_('Rest')}: „{self.short}“)" if self.leftover else text

    @property
    def short(self) -> str:
        is_long = len(self.leftover) > SHOWN
        return f"{self.leftover[:SHOWN]}…" if is_long else self.leftover


class UnreadableError(Exception):
    """The file was not read, and nothing of it was taken over."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def refuse(text: str) -> UnreadableError:
    return UnreadableError([Problem(text)])
