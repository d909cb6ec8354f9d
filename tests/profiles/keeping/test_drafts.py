"""What becomes of a draft, step by step, and what two people at once do to it."""

import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from profiles.keeping.publishing import bring_back, publish, withdraw
from profiles.keeping.snapshots import snapshot
from profiles.models import Solution, SolutionDraft
from tests.factories import (
    LONG_AGO,
    draft_data,
    make_agency,
    make_draft,
    make_member,
    make_provider,
    make_solution,
    make_state,
    make_topic,
    make_user,
    make_verified_provider,
    make_writer,
)

NOW = timezone.now()


@pytest.mark.django_db
def test_a_solution_has_one_open_draft():
    solution = make_solution(provider=make_verified_provider())
    make_draft(provider=solution.provider, solution=solution)
    with pytest.raises(IntegrityError):
        make_draft(provider=solution.provider, solution=solution, state="submitted")


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"state": "changes_requested", "reason": ""}, {"reason": "x"}])
def test_a_reason_goes_with_changes_requested_and_only_there(fields):
    with pytest.raises(IntegrityError):
        make_draft(**fields)


@pytest.mark.django_db
def test_a_second_click_on_new_gives_the_same_draft():
    provider, by = make_verified_provider(), make_user()
    first = SolutionDraft.objects.start(provider, by=by, at=NOW)
    assert SolutionDraft.objects.start(provider, by=by, at=NOW) == first
    first.change({"title": "Neu"}, seen=1, by=by, at=NOW)
    assert SolutionDraft.objects.start(provider, by=by, at=NOW) != first


@pytest.mark.django_db
def test_a_change_makes_a_version_that_can_be_looked_up():
    draft, by = make_draft(data={"title": "Alt"}), make_user()
    assert draft.change({"title": "Neu"}, seen=1, by=by, at=NOW)
    assert (draft.version, draft.version_seen(1), draft.version_seen(3)) == (
        2,
        {"title": "Alt"},
        None,
    )


@pytest.mark.django_db
def test_who_saw_an_older_version_changes_nothing():
    draft, by = make_draft(), make_user()
    draft.change({"title": "Neu"}, seen=1, by=by, at=NOW)
    assert not draft.change({"title": "Anders"}, seen=1, by=by, at=NOW)
    draft.refresh_from_db()
    assert draft.data["title"] == "Neu"


@pytest.mark.django_db
def test_saying_the_same_makes_no_version():
    draft = make_draft()
    assert draft.change(dict(draft.data), seen=1, by=make_user(), at=NOW)
    assert draft.version == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["submitted", "published", "withdrawn"])
def test_what_is_not_in_work_is_not_changed(state):
    solution = make_solution() if state == "published" else None
    draft = make_draft(state=state, solution=solution)
    assert not draft.change({"title": "Neu"}, seen=1, by=make_user(), at=NOW)
    assert not draft.discard(by=make_user(), at=NOW)


@pytest.mark.django_db
def test_an_unverified_organisation_hands_in_nothing():
    draft = make_draft(provider=make_provider())
    assert not draft.submit(seen=1, by=make_user(), at=NOW)


@pytest.mark.django_db
def test_handing_in_again_takes_the_reason_away():
    draft = make_draft(state="changes_requested")
    assert draft.submit(seen=1, by=make_user(), at=NOW)
    assert (draft.state, draft.reason) == ("submitted", "")


@pytest.mark.django_db
def test_what_waits_can_be_taken_back_until_it_is_decided():
    draft, by = make_draft(state="submitted"), make_user()
    assert draft.take_back(by=by, at=NOW)
    assert not draft.request_changes("Nein", seen=1, by=by, at=NOW)


@pytest.mark.django_db
def test_waiting_for_are_those_of_ones_state_but_not_ones_own():
    waiting = make_draft(state="submitted")
    make_draft()
    agent = make_member(make_agency(), "editor")
    words = SolutionDraft.objects
    assert list(words.waiting_for(agent)) == [waiting]
    assert not words.waiting_for(make_member(make_agency(state=make_state("DE-NI"))))
    waiting.provider.organisation.memberships.create(user=agent, role="editor")
    assert not words.waiting_for(agent)


@pytest.mark.django_db
def test_returned_to_are_those_that_one_may_change():
    draft = make_draft(state="changes_requested")
    assert list(SolutionDraft.objects.returned_to(make_writer(draft.provider))) == [draft]
    assert not SolutionDraft.objects.returned_to(make_writer(draft.provider, "viewer"))


@pytest.mark.django_db
def test_a_withdrawn_solution_comes_back_with_its_first_day():
    solution = make_solution(provider=make_verified_provider())
    assert withdraw(solution, at=NOW)
    assert not Solution.objects.published().exists()
    assert bring_back(solution, at=NOW)
    assert Solution.objects.published().get().published_at == LONG_AGO
    assert not bring_back(solution, at=NOW)


@pytest.mark.django_db
def test_a_solution_of_an_unverified_organisation_does_not_come_back():
    solution = make_solution(provider=make_provider(), published_at=None, withdrawn_at=LONG_AGO)
    assert not bring_back(solution, at=NOW)


def at_once(*actions) -> list[bool]:
    """Run the actions in threads that start together, each with its own connection."""
    start, results = threading.Barrier(len(actions)), []

    def run(action) -> None:
        try:
            start.wait()
            results.append(bool(action()))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def fresh(draft: SolutionDraft) -> SolutionDraft:
    return SolutionDraft.objects.get(pk=draft.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_the_second_is_told():
    draft, by = make_draft(), make_user()
    one, other = fresh(draft), fresh(draft)
    assert at_once(
        lambda: one.change({"title": "Eins"}, seen=1, by=by, at=NOW),
        lambda: other.change({"title": "Zwei"}, seen=1, by=by, at=NOW),
    ) == [False, True]
    assert fresh(draft).version == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_on_submit_one_hands_it_in():
    draft, by = make_draft(), make_user()
    one, other = fresh(draft), fresh(draft)
    assert at_once(
        lambda: one.submit(seen=1, by=by, at=NOW), lambda: other.submit(seen=1, by=by, at=NOW)
    ) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_check_at_once_one_decides():
    draft, by = make_draft(state="submitted"), make_user()
    one, other = fresh(draft), fresh(draft)
    assert at_once(
        lambda: publish(one, seen=1, by=by, at=NOW),
        lambda: other.request_changes("Nein", seen=1, by=by, at=NOW),
    ) == [False, True]
    assert Solution.objects.count() == (fresh(draft).state == "published")


@pytest.mark.django_db(transaction=True)
def test_what_is_withdrawn_while_its_draft_is_published_stays_withdrawn():
    solution = make_solution(provider=make_verified_provider(), topics=[make_topic()])
    data = snapshot(solution) | {"title": "Neu"}
    draft = make_draft(provider=solution.provider, solution=solution, data=data, state="submitted")
    by, begun = make_user(), threading.Event()

    def withdraw_slowly() -> bool:
        with transaction.atomic():
            done = withdraw(solution, at=NOW)
            begun.set()
            time.sleep(0.5)  # until the other one waits for the row
        return done

    def publish_meanwhile() -> bool:
        begun.wait()
        return publish(draft, seen=1, by=by, at=NOW)

    assert at_once(withdraw_slowly, publish_meanwhile) == [True, True]
    solution.refresh_from_db()
    assert (solution.title, solution.published_at, solution.withdrawn_at) == ("Neu", None, NOW)


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_solution():
    draft, by = make_draft(state="submitted"), make_user()
    one, other = fresh(draft), fresh(draft)
    assert at_once(
        lambda: publish(one, seen=1, by=by, at=NOW), lambda: publish(other, seen=1, by=by, at=NOW)
    ) == [False, True]
    assert Solution.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_new_offers_of_one_name_published_at_once_get_two_addresses():
    topic, by = make_topic(), make_user()
    drafts = [make_draft(state="submitted", data=draft_data(topics=[topic.key])) for _ in "ab"]
    one, other = map(fresh, drafts)
    assert at_once(
        lambda: publish(one, seen=1, by=by, at=NOW), lambda: publish(other, seen=1, by=by, at=NOW)
    ) == [True, True]
    assert set(Solution.objects.values_list("slug", flat=True)) == {"parkfuchs", "parkfuchs-2"}


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_change_open_one_draft():
    solution, by = make_solution(provider=make_verified_provider()), make_user()
    revise = SolutionDraft.objects.revise
    opened = at_once(*[lambda: revise(solution, {"title": "A"}, by=by, at=NOW)] * 2)
    assert (opened, SolutionDraft.objects.count()) == ([True, True], 1)
