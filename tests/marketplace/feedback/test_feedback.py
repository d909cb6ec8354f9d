from datetime import UTC, datetime

import pytest
from django.urls import reverse

from marketplace.feedback.models import Rejection
from marketplace.feedback.summary import summaries_of, summary_of
from marketplace.matching import scoring
from marketplace.matching.models import Outdated
from marketplace.matching.rejected import FIRST
from marketplace.matching.rejected import rejected as on_top
from marketplace.matching.weights import Mix
from profiles.models import Solution
from tests.factories import (
    make_match,
    make_member,
    make_need,
    make_organisation,
    make_solution,
    make_user,
    make_verified_provider,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def need():
    return make_need(visibility="public", matched=True)


@pytest.fixture
def solution(need):
    solution = make_solution(title="Aktenretter")
    [offer] = scoring.load([solution.pk], on=NOW.date())
    _parts, facts = scoring.fact_parts(scoring.Wanted.of(need, on=NOW.date()), offer)
    make_match(need, solution, parts={"meaning": 0.6, "words": 0.5}, facts=facts)
    Outdated.objects.all().delete()
    return solution


def reject(client, need, solution, **form):
    address = reverse("match_reject", args=[need.pk, solution.slug])
    return client.post(address, {"reason": "price", "text": ""} | form)


def rejected(solution, reason="price", **fields):
    need = make_need(**fields)
    return Rejection.objects.reject(need, solution, reason=reason, text="", by=make_user(), at=NOW)


def test_a_rejected_hit_is_hidden_from_its_own_people_alone_and_comes_back(client, need, solution):
    page = reverse("need_matches", args=[need.pk])
    colleague = make_member(need.organisation, "viewer")
    client.force_login(make_member(need.organisation))
    reject(client, need, solution)
    client.force_login(colleague)
    shown = client.get(page)
    assert shown.context["page"].hits == []
    assert "1 ausgeblendeter Treffer" in shown.content.decode()
    client.force_login(make_user())
    shown = client.get(page)
    assert len(shown.context["page"].hits) == 1
    assert "ausgeblendet" not in shown.content.decode()
    client.force_login(make_member(need.organisation))
    client.post(reverse("match_restore", args=[need.pk, solution.slug]))
    assert len(client.get(page).context["page"].hits) == 1


def test_a_rejected_solution_is_hidden_on_the_page_of_the_need_too(client, need, solution):
    make_solution(title="Wortwerk")
    client.force_login(make_member(need.organisation))
    page = reverse("needs:detail", args=[need.pk])
    shown = client.get(page).content.decode()
    assert "2 Lösungen erfüllen alles" in shown
    assert "Aktenretter" in shown
    reject(client, need, solution)
    shown = client.get(page).content.decode()
    assert "1 Lösung erfüllt alles" in shown
    assert "Aktenretter" not in shown
    assert "Wortwerk" in shown


def test_another_reason_needs_words_and_nothing_typed_is_lost(client, need, solution):
    client.force_login(make_member(need.organisation))
    page = reject(client, need, solution, reason="other").content.decode()
    assert "Bitte nennen Sie den Grund in Ihren Worten." in page
    assert '<option value="other" selected>' in page
    assert not Rejection.objects.exists()


def test_the_later_of_two_reasons_is_kept_with_the_rank_of_the_first(client, need, solution):
    client.force_login(make_member(need.organisation))
    for reason in ("price", "topic"):
        reject(client, need, solution, reason=reason)
    row = Rejection.objects.get()
    assert (row.reason, row.position, row.score) == ("topic", 0, 0.6)


def test_a_provider_learns_nothing_from_two_organisations_and_reasons_from_three():
    solution = make_solution()
    for _ in range(2):
        rejected(solution)
    assert summary_of(solution) is None
    rejected(solution, "topic")
    assert summary_of(solution).reasons == []
    rejected(solution)
    found = summary_of(solution)
    assert found.how_many == "3 bis 5 Organisationen"
    assert found.reasons == ["Zu teuer"]


def test_organisations_that_nobody_checked_and_the_provider_itself_are_not_counted():
    solution = make_solution(provider=make_verified_provider())
    rejected(solution, organisation=make_organisation(kind="municipality"))
    rejected(solution, organisation=make_organisation(kind="provider"))
    rejected(solution, organisation=solution.provider.organisation)
    for _ in range(2):
        rejected(solution)
    published = Solution.objects.filter(pk=solution.pk)
    assert summary_of(solution) is None
    assert summaries_of(published) == []
    rejected(solution)
    assert [found.reasons for found in summaries_of(published)] == [["Zu teuer"]]


def test_the_evaluation_counts_organisations_by_reason():
    solution = make_solution()
    for reason in ("price", "price", "topic"):
        rejected(solution, reason)
    assert Rejection.objects.counts_by_reason() == {"price": 2, "topic": 1}
    assert Rejection.objects.about_ranking().count() == 1


def test_weights_are_measured_by_what_they_would_rank_on_top_though_it_was_rejected(need):
    for number in range(FIRST):
        make_match(need, make_solution(), parts={"meaning": 0.5, "words": 0.1 * number})
    alike, wordy, dear = (make_solution() for _ in range(3))
    make_match(need, alike, parts={"meaning": 0.9, "words": 0.0})
    make_match(need, wordy, parts={"meaning": 0.4, "words": 1.0})
    make_match(need, dear, parts={"meaning": 1.0, "words": 1.0})
    for solution, reason in ((alike, "topic"), (wordy, "function"), (dear, "price")):
        Rejection.objects.reject(need, solution, reason=reason, text="", by=make_user(), at=NOW)
    counted = [on_top(Mix().only(*names)) for names in (["meaning"], ["words"])]
    assert [list(found.values()) for found in counted] == [[2, 1], [2, 1]]
    assert list(on_top(Mix().only("meaning", "words")).values()) == [2, 2]
