from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.models import Need
from challenges.needs.reminders import remind_owners
from challenges.needs.suggestions import suggested_topics
from profiles.models import Mail, Organisation
from tests.factories import (
    LONG_AGO,
    make_member,
    make_municipality,
    make_need,
    make_organisation,
    make_size_class,
    make_solution,
    make_standard,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
NEW = reverse("needs:new")


@pytest.fixture
def town():
    place = make_municipality(name="Geheimstadt")
    return make_organisation(
        kind=Organisation.Kind.MUNICIPALITY, municipality=place, name="Rathaus Geheimstadt",
        verified_at=LONG_AGO,
    )  # fmt: skip


@pytest.fixture
def editor(town, client):
    person = make_member(town, "editor")
    client.force_login(person)
    return person


def page_of(client, need, word="detail"):
    return client.get(reverse(f"needs:{word}", args=[need.pk])).content.decode()


def sent(need, **changes):
    """What the form sends, untouched but for the changes."""
    form = {
        "title": need.title,
        "problem": need.problem,
        "visibility": need.visibility,
        "version": need.version,
    }
    return form | changes


def save(client, need, **changes):
    return client.post(reverse("needs:edit", args=[need.pk]), sent(need, **changes))


def test_the_problem_becomes_a_draft_with_topics_ticked(client, editor):
    make_topic("parken", name_de="Parken", synonyms_de=["Anwohnerparken"])
    for number in range(30):  # among so few a word would not be telling
        make_topic(f"anderes_{number}")
    text = {"title": "Anwohnerparken online", "problem": "Alles auf Papier."}
    answer = client.post(NEW, text, follow=True)
    draft = Need.objects.drafts().get()
    assert draft.owner == editor
    assert [str(box.choice_label) for box in answer.context["form"].suggested] == ["Parken"]


def test_a_double_click_makes_one_draft(client, editor):
    for _ in range(2):
        client.post(NEW, {"title": "Zweimal", "problem": "geklickt"})
    assert Need.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Parkplätze sind voll", False),
        ("Wir wollen Fördermittel verwalten", True),
        ("die Fördermittelverwaltung ist langsam", True),
        ("Verwaltung ist schön", False),
        ("was keine Datenbank aufnimmt:\0Fördermittel", True),
    ],
)
def test_topics_are_found_in_compounds_too(text, found):
    topic = make_topic("foerderung", name_de="Fördermittel")
    for number in range(40):
        make_topic(name_de=f"Etwas{number} Verwaltung")
    assert (topic in suggested_topics(text)) is found


def test_asking_for_topics_again_keeps_what_was_typed(client, editor, town):
    need = make_need(organisation=town, state="draft", released_at=None)
    make_topic("wasser", name_de="Wasser")
    page = save(client, need, suggest="1", title="Wasser", wishes="Getippt", max_budget_eur="77")
    assert "Getippt" in page.content.decode()
    assert page.context["form"]["max_budget_eur"].value() == "77"
    need.refresh_from_db()
    assert need.wishes == ""


def test_what_is_saved_with_release_is_open(client, editor, town):
    need = make_need(organisation=town, state="draft", released_at=None)
    assert save(client, need, release="1").status_code == 302
    assert Need.objects.open().get().released_at


def test_errors_keep_what_was_typed(client, editor, town):
    need = make_need(organisation=town)
    page = save(client, need, title="", wishes="Getippt")
    assert "Getippt" in page.content.decode()
    assert page.context["form"].errors.keys() == {"title"}


def test_the_second_of_two_editors_is_told_and_can_merge(client, editor, town):
    need = make_need(organisation=town, title="Alt", wishes="")
    save(client, need, title="Von der ersten", wishes="Schnell", licence="open_source")
    answer = save(client, need, title="Von der zweiten")
    assert answer.status_code == 409
    merge = answer.context["merge"]
    assert [clash.field.name for clash in merge.clashes] == ["title"]
    assert "Von der ersten" in answer.content.decode()
    assert merge.form["wishes"].value() == "Schnell"
    need.refresh_from_db()
    assert need.title == "Von der ersten"
    assert save(client, need, title="Beides", wishes="Schnell").status_code == 302


def test_an_anonymous_need_tells_state_and_size_and_nothing_more(client, town):
    make_size_class()
    owner = make_member(town)
    need = make_need(organisation=town, owner=owner, visibility="public")
    need.standards.add(make_standard())
    addresses = [reverse("needs:list"), need.get_absolute_url(), reverse("api:need-list")]
    addresses.append(reverse("api:need-detail", args=[need.pk]))
    for address in addresses:
        page = client.get(address).content.decode()
        assert need.title in page
        assert "20000–49999" in page.replace("20_000", "20000")
        for secret in ("Geheimstadt", town.slug, owner.email, town.municipality.ags):
            assert secret not in page


def test_a_named_need_tells_who_it_is(client, town):
    need = make_need(organisation=town, visibility="public", is_named=True)
    assert "Rathaus Geheimstadt" in page_of(client, need)
    assert client.get("/api/v1/needs/").json()["results"][0]["organisation"] == town.slug


def test_the_author_is_warned_of_names_in_an_anonymous_need(client, editor, town):
    need = make_need(organisation=town, visibility="public", title="Parken in Geheimstadt")
    assert "nennt aber Ihren Namen" in page_of(client, need)
    assert "nennt aber Ihren Namen" not in page_of(client, make_need(organisation=town))


def test_people_of_an_unverified_organisation_are_told_who_sees_it(client, editor, town):
    Organisation.objects.filter(pk=town.pk).update(verified_at=None)
    need = make_need(organisation=town, visibility="public")
    assert "sieht vorerst nur Ihre Organisation" in page_of(client, need)


def test_the_page_shows_fitting_solutions_and_the_way_to_more(client, editor, town):
    need = make_need(organisation=town, licence="open_source", max_budget_eur=900)
    fits = make_solution(title="Passt", licence="open_source")
    make_solution(title="Zu teuer", licence="open_source", price_from_eur=901)
    page = client.get(need.get_absolute_url())
    text = page.content.decode()
    assert fits.get_absolute_url() in text
    assert "Zu teuer" not in text
    listed = client.get(f"{reverse('solutions')}?{page.context['filters']}")
    assert [card.pk for card in listed.context["page"]] == [fits.pk]


@pytest.mark.parametrize("state", ["in_challenge", "no_offer", "withdrawn"])
def test_an_end_needs_its_reason(client, editor, town, state):
    need = make_need(organisation=town)
    address = reverse("needs:end", args=[need.pk])
    assert client.post(address, {"state": state, "version": 1}).context["form"].errors
    client.post(address, {"state": state, "version": 1, "outcome": "Darum nicht"})
    assert "Darum nicht" in page_of(client, need)
    assert client.post(address, {"state": state, "version": 1}).status_code == 404


def test_a_need_is_served_by_a_solution_and_can_be_taken_up_again(client, editor, town):
    need, solution = make_need(organisation=town), make_solution()
    end = {"state": "served", "version": 1, "served_by": solution.title}
    client.post(reverse("needs:end", args=[need.pk]), end)
    need.refresh_from_db()
    assert need.served_by == solution
    client.post(reverse("needs:reopen", args=[need.pk]))
    need.refresh_from_db()
    assert (need.state, need.ended_at, need.served_by) == ("open", None, None)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"released_at": None}, "Der Bedarf ist wieder ein Entwurf. Andere sehen ihn nicht."),
        ({"released_at": LONG_AGO}, "Der Bedarf ist wieder offen."),
    ],
)
def test_who_takes_a_need_up_again_is_told_what_it_is_now(client, editor, town, fields, said):
    need = make_need(organisation=town, state="withdrawn", ended_at=LONG_AGO, **fields)
    answer = client.post(reverse("needs:reopen", args=[need.pk]), follow=True)
    assert said in answer.text


@pytest.mark.parametrize("version", ["abc", "²", "9" * 30, "9" * 5000, ""])
def test_a_version_that_is_none_is_a_conflict(client, editor, town, version):
    need = make_need(organisation=town)
    assert save(client, need, title="Anders", version=version).status_code == 409
    assert Need.objects.get().title == need.title


def test_whoever_ends_a_need_that_has_changed_is_told(client, editor, town):
    need = make_need(organisation=town)
    Need.objects.update(version=2)
    end = {"state": "no_offer", "version": 1, "outcome": "nichts"}
    answer = client.post(reverse("needs:end", args=[need.pk]), end)
    assert answer.status_code == 409
    assert Need.objects.open().exists()


def test_the_history_tells_what_changed(client, editor, town):
    need = make_need(organisation=town)
    topic = make_topic(name_de="Wasser")
    save(client, need, title="Neuer Titel", topics=[topic.pk])
    page = client.get(need.get_absolute_url())
    assert "Worum geht es?" in page.context["changes"][0].what
    assert page.context["changes"][0].by == editor


@pytest.mark.parametrize(
    ("parameters", "hits"),
    [
        ({"state": "open"}, 1),
        ({"state": "no_offer"}, 0),
        ({"search": "hilfe"}, 1),
        ({"search": "Geheimstadt"}, 0),
        ({"topic": "oben"}, 1),
        ({"topic": "woanders"}, 0),
        ({"region": "DE-HE"}, 1),
        ({"region": "", "topic": ""}, 1),
    ],
)
def test_the_list_is_narrowed(client, town, parameters, hits):
    upper = make_topic("oben")
    make_topic("woanders")
    make_need(organisation=town, visibility="public", topics=[make_topic(parent=upper)])
    page = client.get(reverse("needs:list"), parameters)
    assert page.context["page"].paginator.count == hits


def test_overdue_needs_are_marked(client, editor, town):
    make_need(organisation=town, due_on=timezone.localdate() - timedelta(days=1))
    assert "überfällig" in client.get(reverse("needs:list")).content.decode()


@pytest.mark.parametrize("whose", ["", "others"])
def test_the_list_asks_the_same_number_of_times_whatever_its_length(
    client, editor, town, whose, django_assert_max_num_queries
):
    counts = []
    for number in (1, 14):
        for _ in range(number):
            own = {} if whose else {"organisation": town}
            make_need(topics=[make_topic()], visibility="public", owner=make_user(), **own)
        with django_assert_max_num_queries(20) as queries:
            client.get(reverse("needs:list"), {"whose": whose})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_owner_is_reminded_once_for_each_due_date(town):
    owner = make_member(town)
    need = make_need(organisation=town, owner=owner, due_on=date(2026, 5, 31))
    for day in (1, 2):
        remind_owners(on=date(2026, 6, day))
    assert Mail.objects.get().user == owner
    Need.objects.filter(pk=need.pk).update(due_on=date(2026, 6, 3))
    remind_owners(on=date(2026, 6, 3))
    assert Mail.objects.count() == 1
    remind_owners(on=date(2026, 6, 4))
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("fields", [{}, {"is_active": False}])
def test_where_the_carer_has_left_those_who_speak_for_the_need_are_reminded(town, fields):
    speaker = make_member(town)
    make_member(town, "viewer")
    carer = make_user(**fields)
    if fields:
        town.memberships.create(user=carer, role="editor")
    make_need(organisation=town, owner=carer, due_on=date(2026, 5, 31))
    remind_owners(on=date(2026, 6, 1))
    assert {mail.user for mail in Mail.objects.all()} == {speaker}
