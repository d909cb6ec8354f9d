"""An application without names: what reviewers read before their scores are locked."""

import re
from collections.abc import Iterable
from typing import Any

BLACK = "█████"
SHORTEST = 4  # a name of fewer letters would black out parts of ordinary words
LEGAL_FORM = re.compile(
    r"\s+(gmbh( & co\.? kg)?|ag|ug|kg|ohg|gbr|e\.?\s?v\.?|eg|se|mbh)$", re.IGNORECASE
)


def without_names(content: dict[str, Any]) -> dict[str, Any]:
    """Return answers and solution with every name blacked out; prices, too, are left out."""
    solution = content.get("solution") or {}
    names = [content.get("applicant", ""), *content.get("partners", []), solution.get("title", "")]
    pattern = _pattern(names)
    kept = {name: solution.get(name, "") for name in ("summary", "benefit") if solution}
    shown = {
        "answers": content.get("answers", []),
        "solution": kept or None,
    }
    return (_hidden(shown, pattern) if pattern else shown) | {"files": _files(content)}


def _files(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Under what the challenge calls them: their own names could be anybody's."""
    return [
        {key: row[key] for key in ("id", "label", "size", "hides_names")}
        for row in content.get("files", [])
    ]


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    words = set()
    for name in names:
        words |= {name.strip(), LEGAL_FORM.sub("", name.strip())}
    longest_first = sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


def _hidden(value: Any, pattern: re.Pattern[str]) -> Any:
    match value:
        case str():
            return pattern.sub(BLACK, value)
        case list():
            return [_hidden(row, pattern) for row in value]
        case dict():
            return {key: _hidden(row, pattern) for key, row in value.items()}
    return value
