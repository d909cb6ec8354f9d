"""Who is told what, when, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from marketplace.alerts import hits, tasks, watching
from marketplace.alerts.models import News, Rhythm, Watch
from marketplace.alerts.telling import tell
from marketplace.feedback.models import Rejection
from marketplace.matching.models import FAIR
from profiles.models import Mail, Membership
from tests.factories import (
    LONG_AGO,
    make_match,
    make_member,
    make_need,
    make_organisation,
    make_solution,
    make_topic,
    make_user,
    make_verified_provider,
    make_writer,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
def need(db):
    return make_need(matched=True, visibility="public")


@pytest.fixture
def owner(need):
    """Who speaks for the municipality, told instantly, with one hit known from the start."""
    return listener(make_member(need.organisation))


def listener(user, frequency="instantly"):
    Rhythm.objects.create(user=user, frequency=frequency)
    tell(user, at=NOW)
    return user


def alerts_of(user):
    return Mail.objects.filter(user=user, kind="alert")


def test_what_fits_already_is_no_news(need):
    make_match(need, make_solution())
    owner = listener(make_member(need.organisation))
    assert tell(owner, at=NOW) is False
    assert not alerts_of(owner).exists()


def test_a_new_hit_is_told_once(need, owner):
    make_match(need, make_solution(title="Aktenretter"))
    assert tell(owner, at=NOW) is True
    assert tell(owner, at=NOW + 9 * A_DAY) is False
    assert "Aktenretter" in alerts_of(owner).get().context["news"]


def test_a_hit_that_left_and_came_back_is_not_told_again(need, owner):
    solution = make_solution()
    make_match(need, solution)
    tell(owner, at=NOW)
    need.matches.all().delete()
    tell(owner, at=NOW + A_DAY)
    make_match(need, solution)
    assert tell(owner, at=NOW + 2 * A_DAY) is False


def test_a_poor_hit_or_one_that_violates_is_no_news(need, owner):
    make_match(need, make_solution(), score=FAIR - 0.001)
    make_match(need, make_solution(), violations=["budget"])
    make_match(need, make_solution(published_at=None))
    assert tell(owner, at=NOW) is False


def test_a_hidden_hit_is_no_news(need, owner):
    solution = make_solution()
    make_match(need, solution)
    Rejection.objects.reject(need, solution, reason="price", text="", by=owner, at=NOW)
    assert tell(owner, at=NOW) is False


@pytest.mark.parametrize(("frequency", "days"), [("daily", 1), ("weekly", 7)])
def test_one_mail_at_most_in_each_period(need, frequency, days):
    owner = listener(make_member(need.organisation), frequency)
    make_match(need, make_solution(title="Erste"))
    assert tell(owner, at=NOW) is True
    make_match(need, make_solution(title="Zweite"))
    make_match(need, make_solution(title="Dritte"))
    assert tell(owner, at=NOW + days * A_DAY - timedelta(seconds=1)) is False
    assert tell(owner, at=NOW + days * A_DAY) is True
    news = alerts_of(owner).latest("pk").context["news"]
    assert "Erste" not in news
    assert "Zweite" in news
    assert "Dritte" in news


def test_never_means_never_and_leaves_no_pile(need):
    owner = listener(make_member(need.organisation), "never")
    make_match(need, make_solution())
    assert tell(owner, at=NOW) is False
    Rhythm.objects.filter(user=owner).update(frequency="instantly")
    assert tell(owner, at=NOW + A_DAY) is False


def test_what_no_longer_fits_at_the_time_of_the_mail_is_left_out(need):
    owner = listener(make_member(need.organisation), "weekly")
    Rhythm.objects.update(last_mail_at=NOW)
    solution = make_solution()
    make_match(need, solution)
    tell(owner, at=NOW)
    assert News.objects.pending().exists()
    need.hosting = ["eu"]
    need.save()
    assert tell(owner, at=NOW + 8 * A_DAY) is False
    assert not News.objects.exists()


def test_only_who_looks_after_the_need_is_told(need):
    carer, colleague = make_member(need.organisation), make_member(need.organisation)
    need.owner = carer
    need.save()
    for user in (carer, colleague):
        listener(user)
    make_match(need, make_solution())
    assert tell(carer, at=NOW) is True
    assert tell(colleague, at=NOW) is False


@pytest.fixture
def carer(need):
    carer = make_member(need.organisation)
    need.owner = carer
    need.save()
    return carer


@pytest.mark.parametrize("how", ["left", "deactivated", "went elsewhere"])
def test_where_the_carer_is_gone_everybody_who_speaks_for_the_need_is_told(need, carer, how):
    colleague = listener(make_member(need.organisation))
    if how == "deactivated":
        carer.is_active = False
        carer.save()
    else:
        Membership.objects.filter(user=carer).delete()
    if how == "went elsewhere":
        Membership.objects.create(user=carer, organisation=make_organisation(), role="editor")
    assert watching.audience() == [colleague.pk]
    tell(colleague, at=NOW)
    make_match(need, make_solution())
    assert tell(colleague, at=NOW) is True


def test_a_carer_who_only_reads_is_told_alone(need, carer):
    colleague = make_member(need.organisation)
    Membership.objects.filter(user=carer).update(role="viewer")
    assert set(watching.audience()) == {carer.pk}
    for user in (carer, colleague):
        listener(user)
    make_match(need, make_solution())
    assert tell(carer, at=NOW) is True
    assert tell(colleague, at=NOW) is False


def test_who_no_longer_looks_after_the_need_hears_nothing_more(need, carer):
    listener(carer)
    other = make_member(need.organisation)
    need.owner = other
    need.save()
    listener(other)
    make_match(need, make_solution())
    assert tell(carer, at=NOW) is False
    assert tell(other, at=NOW) is True
    assert not Watch.objects.filter(user=carer).exists()


def test_who_only_reads_by_now_hears_nothing_of_a_need_of_nobody(need, owner):
    make_member(need.organisation)
    Membership.objects.filter(user=owner).update(role="viewer")
    make_match(need, make_solution())
    assert tell(owner, at=NOW) is False


def test_who_has_left_hears_nothing_more(need, owner):
    make_member(need.organisation)
    make_match(need, make_solution())
    Membership.objects.filter(user=owner).delete()
    assert tell(owner, at=NOW) is False
    assert not Watch.objects.exists()


def test_a_watch_that_is_off_brings_nothing_afterwards_either(need, owner):
    watch = Watch.objects.get()
    watching.switch(watch, is_on=False, at=NOW)
    make_match(need, make_solution())
    assert tell(owner, at=NOW) is False
    watching.switch(watch, is_on=True, at=NOW)
    assert tell(owner, at=NOW) is False
    make_match(need, make_solution())
    assert tell(owner, at=NOW) is True


def search(user, query="phase=P4"):
    return watching.begin(
        Watch(user=user, kind="search", name="Reife", query=query, created_at=NOW)
    )


@pytest.mark.django_db
def test_a_search_brings_new_and_newly_fitting_solutions():
    known, later = make_solution(), make_solution(title="Gereift", phase="P2")
    user = make_user()
    search(user)
    listener(user)
    assert tell(user, at=NOW) is False
    later.phase = "P4"
    later.save()
    assert tell(user, at=NOW) is True
    news = alerts_of(user).get().context["news"]
    assert "Gereift" in news
    assert known.title not in news


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["municipality=06440012&phase=P4", "phase=P4&topic=a&topic=weg"])
def test_a_search_with_a_value_that_is_gone_finds_nothing(query):
    make_topic("a")
    user = make_user()
    search(user, query)
    listener(user)
    make_solution(phase="P4")
    assert tell(user, at=NOW) is False
    assert not News.objects.exists()


@pytest.mark.django_db
def test_the_same_search_is_saved_once():
    user = make_user()
    assert search(user) == search(user)


@pytest.mark.django_db
def test_a_watch_begins_with_what_it_knows_or_not_at_all(monkeypatch):
    def crash(*_args, **_fields):
        raise OperationalError

    user = make_user()
    with monkeypatch.context() as patch:
        patch.setattr(hits, "solutions_of", crash)
        with pytest.raises(OperationalError):
            search(user)
    assert not Watch.objects.exists()


@pytest.fixture
def provider(db):
    return make_verified_provider()


@pytest.fixture
def writer(provider):
    make_solution(provider=provider)
    return listener(make_writer(provider))


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"visibility": "public"}, True),
        ({"visibility": "agencies"}, False),
        ({"visibility": "private"}, False),
        ({"visibility": "public", "state": "draft"}, False),
        ({"visibility": "public", "state": "no_offer", "ended_at": LONG_AGO}, False),
        ({"visibility": "public", "hosting": ["eu"]}, False),
    ],
)
def test_a_provider_hears_of_released_open_needs_that_it_fits(provider, writer, fields, is_told):
    solution = make_solution(provider=provider)
    make_match(make_need(title="Parken", **fields), solution)
    assert tell(writer, at=NOW) is is_told
    assert all("Parken" in mail.context["news"] for mail in alerts_of(writer))


@pytest.mark.django_db
def test_an_unverified_municipality_releases_nothing_to_providers(provider, writer):
    unchecked = make_organisation(kind="municipality")
    need = make_need(organisation=unchecked, visibility="public")
    make_match(need, make_solution(provider=provider))
    assert tell(writer, at=NOW) is False


@pytest.mark.django_db
def test_a_need_is_told_once_however_many_solutions_fit_it(provider, writer):
    need = make_need(visibility="public")
    make_match(need, make_solution(provider=provider))
    assert tell(writer, at=NOW) is True
    make_match(need, make_solution(provider=provider))
    assert tell(writer, at=NOW + A_DAY) is False


@pytest.mark.django_db
def test_who_only_reads_at_a_provider_hears_nothing(provider):
    make_match(make_need(visibility="public"), make_solution(provider=provider))
    reader = listener(make_writer(provider, "viewer"))
    assert not Watch.objects.filter(user=reader).exists()
    assert reader.pk not in watching.audience()


def test_the_audience_is_everybody_who_may_have_news(need, provider, writer):
    searching, owner = make_user(), make_member(need.organisation)
    search(searching)
    make_user()
    make_member(need.organisation, "viewer")
    assert set(watching.audience()) == {writer.pk, searching.pk, owner.pk}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail():
    need = make_need(matched=True)
    owner = listener(make_member(need.organisation))
    make_match(need, make_solution())
    start = Barrier(2)

    def work(_number: int) -> None:
        try:
            start.wait(timeout=10)
            tasks.tell([owner.pk])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert alerts_of(owner).count() == 1
    assert News.objects.pending().count() == 0
