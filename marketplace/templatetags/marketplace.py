import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from challenges.models import Challenge
from marketplace.shortlists.models import ShortlistEntry
from marketplace.shortlists.organisations import Shortlist
from marketplace.structured import described
from profiles.models import Provider, Solution

register = template.Library()

# Inside a script element a text could end the element or open a comment.
ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@register.simple_tag(takes_context=True)
def json_ld(context: template.Context, thing: Solution | Provider | Challenge) -> SafeString:
    """Describe a thing to search engines. It is data: the browser runs nothing of it."""
    text = json.dumps(described(thing, context["request"]), ensure_ascii=False)
    data = mark_safe(text.translate(ESCAPES))  # noqa: S308  (escaped in the line above)
    return format_html('<script type="application/ld+json">{}</script>', data)


@register.filter
def entry_of(shortlist: Shortlist, solution: Solution) -> ShortlistEntry | None:
    """Return the entry of a solution on the shortlist, if it is there."""
    return shortlist.entries.get(solution.pk)
