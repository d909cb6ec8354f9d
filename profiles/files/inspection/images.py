"""Pictures: decoded and drawn anew, so that nothing but the picture is left."""

from io import BytesIO
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext
from PIL import Image, ImageOps

from profiles.files.inspection.kinds import WEBP, Format, RefusedError

KEPT_AS = WEBP
LONGEST_SIDE = 2560
QUALITY = 88
# Whatever a broken picture makes the decoders raise.
BROKEN = (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError)


class Reencoded(NamedTuple):
    content: bytes
    size: tuple[int, int]


def reencoded(content: bytes, found: Format) -> Reencoded:
    """Return the first frame, upright, without metadata, at most 2560 pixels wide or high."""
    try:
        with Image.open(BytesIO(content), formats=[found.label]) as image:
            if image.width * image.height > settings.UPLOAD_MAX_PIXELS:
                raise _too_many_pixels()
            image.load()
            clean = _pixels_alone(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels() from bomb
    except BROKEN as broken:
        text = gettext("Das Bild ist beschädigt und lässt sich nicht öffnen.")
        raise RefusedError(text) from broken
    target = BytesIO()
    clean.save(target, "WEBP", quality=QUALITY)
    return Reencoded(target.getvalue(), clean.size)


def _pixels_alone(image: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(image)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    pixels = upright.convert(mode)
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new(mode, pixels.size)
    clean.paste(pixels)
    return clean


def _too_many_pixels() -> RefusedError:
    millions = settings.UPLOAD_MAX_PIXELS // 1_000_000
    text = gettext("Das Bild hat zu viele Bildpunkte. Höchstens %(count)s Millionen sind möglich.")
    return RefusedError(text % {"count": millions})
