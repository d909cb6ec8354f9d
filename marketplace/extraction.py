"""Find the texts to translate, for `make messages` and the test of completeness."""

from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import IO, Any, cast

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract_django(
    source: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Any]:
    """Extract from a Django template: Babel's interface for a method of extraction.

    Django turns its tags into calls of gettext; the rest of the page becomes blanks and X.
    Leading blanks go, since Babel reads the result as Python.
    """
    calls = templatize(source.read().decode())
    lines = "\n".join(line.strip() for line in calls.splitlines())
    yield from extract_python(BytesIO(lines.encode()), keywords, comment_tags, cast(Any, options))
