"""Colours that an organisation chooses, and whether text in them can be read on white.

Luminance and contrast as WCAG 2.2 defines them: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEAST_CONTRAST = 4.5
PATTERN = r"^#[0-9a-f]{6}$"

is_colour = RegexValidator(
    PATTERN,
    gettext_lazy("Bitte schreiben Sie die Farbe wie in #004f9f: # und sechs Zeichen 0–9, a–f."),
)


def contrast_on_white(colour: str) -> float:
    """Return the ratio for "#rrggbb", from 1 (white) to 21 (black)."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darkened(colour: str) -> str:
    """Return the lightest shade of the colour that can be read on white."""
    for share in range(100, -1, -1):
        shade = "#" + "".join(f"{channel * share // 100:02x}" for channel in _channels(colour))
        if contrast_on_white(shade) >= LEAST_CONTRAST:
            return shade
    return "#000000"


def check_legible(colour: str) -> None:
    contrast = contrast_on_white(colour)
    if contrast < LEAST_CONTRAST:
        raise ValidationError(
            _(
                "Diese Farbe ist zu hell: Schrift darin hat auf Weiß nur einen Kontrast von "
                "%(contrast)s : 1, nötig sind 4,5 : 1. Derselbe Ton dunkler: %(shade)s"
            ),
            params={
                "contrast": number_format(int(contrast * 10) / 10, 1),
                "shade": darkened(colour),
            },
        )


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
