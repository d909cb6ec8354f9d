"""Tags of Django whose answer is the same for every request, answered once per language.

A page translates some fifty texts and names some forty addresses; to work them out anew took a
fifth of its time. Texts and addresses made from variables are Django's as ever. `settings.py`
puts this in the place of the library `i18n` and among the built-in tags.
"""

from collections.abc import Callable
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token, TokenType
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.templatetags import i18n
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


class Constant(template.Node):
    """What a node renders, kept for each language."""

    def __init__(self, node: template.Node, depends_on: Callable[[], str] = str) -> None:
        self.node = node
        self.depends_on = depends_on  # besides the language
        self.kept: dict[object, str] = {}

    def render(self, context: Context) -> str:
        key = (get_language(), self.depends_on(), context.autoescape)
        text = self.kept.get(key)
        if text is None:
            text = self.kept[key] = self.node.render(context)
        return text


def _is_constant(expression: FilterExpression) -> bool:
    return not expression.filters and getattr(expression.var, "lookups", None) is None


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    node: Any = i18n.do_translate(parser, token)
    is_constant = not (node.asvar or node.message_context) and _is_constant(node.filter_expression)
    return Constant(node) if is_constant else node


@register.tag
def blocktranslate(parser: Parser, token: Token) -> template.Node:
    node: Any = i18n.do_block_translate(parser, token)
    varies = node.extra_context or node.countervar or node.message_context or node.asvar
    says_a_value = any(part.token_type == TokenType.VAR for part in node.singular)
    return node if varies or says_a_value else Constant(node)


@register.tag("url")
def address(parser: Parser, token: Token) -> template.Node:
    node: URLNode = url(parser, token)
    asked = (node.view_name, *node.args, *node.kwargs.values())
    is_constant = not node.asvar and all(map(_is_constant, asked))
    return Constant(node, get_script_prefix) if is_constant else node
