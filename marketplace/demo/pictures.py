"""Drawn pictures for some offers of the demo, which nobody takes for real ones."""

from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from profiles.files.inspection import inspect
from profiles.files.inspection.kinds import IMAGES
from profiles.files.storing import kept
from profiles.models import Solution, SolutionFile, StoredFile

SIZE = (1280, 800)
BLUE, PALE, WHITE = "#1c3d6e", "#dfe7f2", "#ffffff"
PICTURES = {
    "votumbra-gremium": "Erfundenes Beispielbild: links ein Menü, rechts eine Liste.",
    "dorfzirpe": "Erfundenes Beispielbild: links ein Menü, rechts eine Liste.",
}


def load() -> None:
    """Give each of these offers a picture, if it has none yet."""
    offers = Solution.objects.filter(slug__in=PICTURES, files=None)
    for solution in offers.select_related("provider__organisation"):
        uploading = kept(
            inspect(_drawn(solution.title), "beispielbild.png", IMAGES),
            organisation=solution.provider.organisation,
            kind=StoredFile.Kind.SCREENSHOT,
            is_public=True,
            by=None,
            at=timezone.now(),
        )
        with uploading as file:
            SolutionFile.append(solution, file, PICTURES[solution.slug])


def _drawn(title: str) -> bytes:
    image = Image.new("RGB", SIZE, WHITE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 96), fill=BLUE)
    pen.text((40, 26), title[:50], fill=WHITE, font=ImageFont.load_default(36))
    pen.rectangle((0, 96, 280, SIZE[1]), fill=PALE)
    for row in range(6):
        top = 150 + row * 100
        pen.rounded_rectangle((40, top, 230, top + 26), 8, fill=BLUE if row == 0 else WHITE)
        pen.rounded_rectangle((330, top, 1230, top + 70), 8, outline=BLUE, width=2)
        pen.rounded_rectangle((360, top + 24, 760 - 50 * (row % 3), top + 46), 6, fill=PALE)
    pen.text((330, 750), "Beispielbild, erfunden", fill=BLUE, font=ImageFont.load_default(28))
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
