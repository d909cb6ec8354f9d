"""What alerts have for the dashboard."""

from collections.abc import Iterator

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.models import Challenge
from marketplace.alerts.models import News, Watch
from profiles.models import User
from profiles.waiting import RECENT, Change


def changes_for(user: User) -> Iterator[Change]:
    """What was found for each watch, whether a mail has told of it or not."""
    yield from _challenges(user)
    found = News.objects.of(user).fresh().filter(challenge=None).order_by().values("watch")
    rows = found.annotate(number=Count("pk"), latest=Max("found_at")).order_by("-latest")[:RECENT]
    watches = Watch.objects.in_order().in_bulk([row["watch"] for row in rows])
    for row in rows:
        watch, number = watches[row["watch"]], row["number"]
        texts = {"count": number, "name": str(watch)}
        sentence = _sentence(watch.kind, number) % texts
        yield Change(row["latest"], None, sentence, watch.get_absolute_url())


def _challenges(user: User) -> Iterator[Change]:
    """Each by itself as long as it runs, for each has a deadline."""
    running = Challenge.objects.running(at=timezone.now())
    rows = News.objects.of(user).fresh().filter(challenge__in=running.order_by().values("pk"))
    rows = rows.select_related("watch__organisation", "challenge").order_by("-found_at", "-pk")
    for row in rows[:RECENT]:
        assert row.challenge  # noqa: S101  (the filter)
        texts = {
            "name": str(row.watch),
            "title": row.challenge.title,
            "deadline": row.challenge.deadline_label,
        }
        sentence = _(
            "Neue Challenge, die zu Lösungen von %(name)s passt: „%(title)s“, "
            "Bewerbungen bis %(deadline)s"
        )
        yield Change(row.found_at, None, sentence % texts, row.challenge.get_absolute_url())


def _sentence(kind: str, number: int) -> str:
    match kind:
        case Watch.Kind.SEARCH:
            return ngettext(
                "Neuer Treffer Ihrer Suche „%(name)s“",
                "%(count)s neue Treffer Ihrer Suche „%(name)s“",
                number,
            )
        case Watch.Kind.NEED:
            return ngettext(
                "Neuer Treffer zu Ihrem Bedarf „%(name)s“",
                "%(count)s neue Treffer zu Ihrem Bedarf „%(name)s“",
                number,
            )
    return ngettext(
        "Neuer Bedarf, zu dem Lösungen von %(name)s passen",
        "%(count)s neue Bedarfe, zu denen Lösungen von %(name)s passen",
        number,
    )
