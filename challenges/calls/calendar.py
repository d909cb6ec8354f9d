"""The deadlines of a challenge as a calendar file, in the time of Berlin."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext
from icalendar import Calendar, Event

from challenges.calls.models import Challenge

BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = ("questions_until", "applications_until", "pitch_on", "decision_on", "start_on")


def calendar_of(challenge: Challenge) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//GovTech-Marktplatz//Challenges//DE")
    calendar.add("version", "2.0")
    for event in _events(challenge):
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _events(challenge: Challenge) -> Iterator[Event]:
    """Each keeps its identity for good, so that a moved deadline moves in people's calendars."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    for name in MOMENTS:
        moment: date | datetime | None = getattr(challenge, name)
        if moment is None:
            continue
        event = Event()
        event.add("uid", f"challenge-{challenge.pk}-{name}@{host}")
        event.add("dtstamp", challenge.published_at or challenge.created_at)
        event.add("sequence", challenge.version)
        event.add("summary", f"{_label(challenge, name)}: {challenge.title}")
        event.add("url", f"{settings.SITE_URL}{challenge.get_absolute_url()}")
        if isinstance(moment, datetime):
            event.add("dtstart", moment.astimezone(BERLIN))
            event.add("dtend", moment.astimezone(BERLIN))
        else:
            event.add("dtstart", moment)
            event.add("dtend", moment + timedelta(days=1))
        yield event


def _label(challenge: Challenge, name: str) -> str:
    label = str(challenge._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label if name.endswith("_on") else gettext("%(what)s (Frist)") % {"what": label}
