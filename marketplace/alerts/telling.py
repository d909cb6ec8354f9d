"""Tell people what is new: one mail at most in their rhythm, each hit once."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.alerts import watching
from marketplace.alerts.hits import Keys, challenges_for, needs_for, solutions_of
from marketplace.alerts.models import About, News, Rhythm, Watch
from profiles.mail import send
from profiles.models import User

NAMED = 10  # hits of one watch in a mail; of more, the number


@transaction.atomic
def tell(user: User, *, at: datetime) -> bool:
    """Note the person's news and send what is due; True if a mail goes out.

    Whoever comes at the same time waits for the lock, and finds nothing left.
    """
    Rhythm.of(user)
    rhythm = Rhythm.objects.select_for_update().get(user=user)
    watching.renew(user, at=at)
    for watch in Watch.objects.filter(user=user).in_order():
        watching.note(watch, at=at)
    pending = News.objects.of(user).pending()
    if rhythm.is_never:
        pending.settle(at=at)  # who comes back wants no pile
    if not rhythm.is_due(at=at):
        return False
    return _send(rhythm, at=at)


def _send(rhythm: Rhythm, *, at: datetime) -> bool:
    """Send what still fits; what no longer does is news no more, until it does again."""
    news = list(News.objects.of(rhythm.user).pending().for_mail())
    fitting = _still_fitting(news, at=at)
    gone = [row.pk for row in news if row not in fitting]
    News.objects.filter(pk__in=gone).delete()
    if not fitting:
        return False
    event = f"alert:{rhythm.user_id}:{fitting[0].pk}"
    send("alert", to=rhythm.user, context=partial(_context, fitting), event=event)
    News.objects.filter(pk__in=[row.pk for row in fitting]).settle(at=at)
    rhythm.last_mail_at = at
    rhythm.save(update_fields=["last_mail_at"])
    return True


def _still_fitting(news: list[News], *, at: datetime) -> list[News]:
    """Ask anew: between noting and mailing, a week may have passed."""
    fits: dict[int, set[About]] = {}
    for watch in {row.watch_id: row.watch for row in news}.values():
        needs = {row.need_id for row in news if row.watch_id == watch.pk and row.need_id}
        fits[watch.pk] = _fitting(watch, needs, at=at)
    return [row for row in news if row.about in fits[row.watch_id]]


def _fitting(watch: Watch, needs: Keys, *, at: datetime) -> set[About]:
    """What fits the watch today; of needs, which take longest to ask, these alone."""
    on = timezone.localdate(at)
    if not watch.organisation:
        return {("solution", key) for key in solutions_of(watch, on=on)}
    calls = challenges_for(watch.organisation, at=at).order_by()
    return {("need", key) for key in needs_for(watch.organisation, on=on, among=needs)} | {
        ("challenge", key) for key in calls.values_list("pk", flat=True)
    }


def _context(news: list[News]) -> dict[str, str]:
    """Return the news as text, watch by watch; the template only frames it."""
    parts = []
    for watch in {row.watch_id: row.watch for row in news}.values():
        own = [row for row in news if row.watch_id == watch.pk]
        lines = [f"– {_line(row)}" for row in own[:NAMED]]
        if (more := len(own) - NAMED) > 0:
            lines.append(ngettext("und %s weiterer", "und %s weitere", more) % more)
        link = settings.SITE_URL + watch.get_absolute_url()
        parts.append("\n".join([_heading(watch), *lines, link]))
    return {"news": "\n\n".join(parts), "settings_link": settings.SITE_URL + reverse("alerts")}


def _line(row: News) -> str:
    if row.challenge is None:
        return str(row)
    texts = {"title": row.challenge.title, "deadline": row.challenge.deadline_label}
    return _("Challenge „%(title)s“, Bewerbungen bis %(deadline)s") % texts


def _heading(watch: Watch) -> str:
    if watch.kind == Watch.Kind.SEARCH:
        return _("Zu Ihrer Suche „%s“:") % watch.name
    if watch.kind == Watch.Kind.NEED:
        return _("Zu Ihrem Bedarf „%s“:") % watch
    return _("Bedarfe und Challenges, die zu Lösungen von %s passen:") % watch
