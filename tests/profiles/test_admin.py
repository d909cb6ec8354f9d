import json
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from profiles.admin.organisations import ProviderRow
from profiles.models import (
    Deployment,
    Invitation,
    JoinRequest,
    Mail,
    Membership,
    MessageReport,
    Municipality,
    Organisation,
    Provider,
    SizeClass,
    Solution,
    SolutionDraft,
    Standard,
    State,
    StoredFile,
    TechnologyTag,
    Topic,
    User,
)
from tests.factories import (
    make_claim,
    make_deployment,
    make_draft,
    make_file,
    make_invitation,
    make_join_request,
    make_member,
    make_municipality,
    make_organisation,
    make_provider,
    make_size_class,
    make_solution,
    make_standard,
    make_state,
    make_tag,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def solution_with_rows(rows: int) -> Solution:
    solution = make_solution(topics=[make_topic(parent=make_topic())], regions=[make_state()])
    for _ in range(rows):
        make_claim(solution, make_standard())
        make_deployment(solution)
    return solution


def organisation_with_rows(rows: int) -> Organisation:
    organisation = make_organisation(kind="municipality")
    for _ in range(rows):
        make_member(organisation)
    return organisation


def person_with_rows(rows: int) -> User:
    person = make_user()
    for _ in range(rows):
        Membership.objects.create(organisation=make_organisation(), user=person, role="viewer")
    return person


def invitation(rows: int) -> Invitation:
    return make_invitation(make_organisation())[0]


def join_request(rows: int) -> JoinRequest:
    return make_join_request(make_organisation())


def merged_place(rows: int) -> Municipality:
    return make_municipality(successor=make_municipality())


def answered_deployment(rows: int) -> Deployment:
    deployment = make_deployment(make_solution())
    for _ in range(rows):
        deployment.answers.create(kind="confirmed", by=make_user(), at=timezone.now())
    return deployment


def draft_of_one(rows: int) -> SolutionDraft:
    return make_draft(data={"title": "Parkfuchs"})


def stored_file(rows: int) -> StoredFile:
    return make_file()


MAKERS = {
    User: person_with_rows,
    Organisation: organisation_with_rows,
    Provider: lambda rows: make_provider(state=make_state()),
    Solution: solution_with_rows,
    Topic: lambda rows: make_topic(parent=make_topic()),
    Standard: lambda rows: make_standard(),
    TechnologyTag: lambda rows: make_tag(),
    State: lambda rows: make_state(),
    SizeClass: lambda rows: make_size_class(),
    Municipality: merged_place,
    Invitation: invitation,
    JoinRequest: join_request,
    Deployment: answered_deployment,
    SolutionDraft: draft_of_one,
    StoredFile: stored_file,
}
LOOKED_UP = {Invitation, JoinRequest, Deployment, SolutionDraft, StoredFile}  # changed on pages
EDITABLE = pytest.mark.parametrize(
    "model", [model for model in MAKERS if model not in LOOKED_UP], ids=lambda model: model.__name__
)
BY_MODEL = pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)


@pytest.fixture
def boss() -> User:
    return make_user(is_staff=True, is_superuser=True)


@pytest.fixture
def admin_client(client, boss):
    client.force_login(boss)
    return client


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def filled_in(response) -> dict[str, str]:
    """Return what the form of a change page would send."""
    form = response.context["adminform"].form
    forms = [form, *(f for part in response.context["inline_admin_formsets"] for f in part.formset)]
    forms += [part.formset.management_form for part in response.context["inline_admin_formsets"]]
    data = {}
    for part in forms:
        for field in part:
            value = field.value()
            if hasattr(field.field.widget, "decompress"):
                for number, piece in enumerate(field.field.widget.decompress(value)):
                    data[f"{field.html_name}_{number}"] = piece or ""
            elif value is not None and value is not False:
                data[field.html_name] = value
    return data


def test_all_that_admins_maintain_is_registered():
    ours = {model for model in admin.site._registry if model._meta.app_label == "profiles"}
    assert ours == {*MAKERS, Mail, MessageReport}  # these two are read, not maintained


# Every page, with one row and with many


@BY_MODEL
def test_a_list_takes_the_same_queries_whatever_its_length(
    admin_client, django_assert_max_num_queries, model
):
    MAKERS[model](1)
    admin_client.get(address(model, "changelist"))
    with django_assert_max_num_queries(50) as few:
        assert admin_client.get(address(model, "changelist")).status_code == 200
    for _ in range(14):
        MAKERS[model](1)
    with django_assert_max_num_queries(len(few)):
        assert admin_client.get(address(model, "changelist")).status_code == 200


@BY_MODEL
def test_a_row_takes_the_same_queries_however_much_hangs_on_it(
    admin_client, django_assert_max_num_queries, model
):
    small, large = MAKERS[model](1), MAKERS[model](15)
    with django_assert_max_num_queries(50) as few:
        assert admin_client.get(address(model, "change", small.pk)).status_code == 200
    with django_assert_max_num_queries(len(few)):
        assert admin_client.get(address(model, "change", large.pk)).status_code == 200


@EDITABLE
def test_a_row_can_be_added(admin_client, model):
    assert admin_client.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", sorted(LOOKED_UP, key=str), ids=lambda model: model.__name__)
def test_what_is_only_looked_up_cannot_be_added_or_changed(admin_client, model):
    assert admin_client.get(address(model, "add")).status_code == 403
    assert admin_client.post(address(model, "change", MAKERS[model](1).pk), {}).status_code == 403


@BY_MODEL
def test_the_history_of_a_row_is_shown(admin_client, model):
    row = MAKERS[model](1)
    assert admin_client.get(address(model, "history", row.pk)).status_code == 200


@BY_MODEL
def test_what_is_searched_is_found(admin_client, model):
    MAKERS[model](1)
    answer = admin_client.get(address(model, "changelist"), {"q": "nichts heißt so"})
    assert answer.context["cl"].result_count == 0


@EDITABLE
def test_saving_a_page_as_it_is_changes_nothing(admin_client, model):
    row = MAKERS[model](2)
    before = model.objects.filter(pk=row.pk).values().get()
    change = address(model, "change", row.pk)
    answer = admin_client.post(change, filled_in(admin_client.get(change)))
    assert answer.status_code == 302
    after = model.objects.filter(pk=row.pk).values().get()
    assert before | {"updated_at": None} == after | {"updated_at": None}


@EDITABLE
def test_who_changed_what_and_when_is_kept(admin_client, boss, model):
    row = MAKERS[model](1)
    change = address(model, "change", row.pk)
    admin_client.post(change, filled_in(admin_client.get(change)))
    assert LogEntry.objects.get(object_id=row.pk).user == boss
    if hasattr(model, "history"):
        newest = row.history.first()
        assert newest.history_user == boss
        assert timezone.now() - newest.history_date < timedelta(minutes=1)


# Who gets in


def test_a_stranger_signs_in_on_the_marketplace_page(client):
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_a_member_of_an_organisation_stays_outside(client):
    client.force_login(make_member(make_organisation()))
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_staff_get_in(admin_client):
    assert admin_client.get(reverse("admin:index")).status_code == 200


# People and organisations


def test_a_person_is_added_by_address_and_belongs_to_an_organisation(admin_client):
    organisation = make_organisation()
    data = {
        "email": "neue@test.example",
        "usable_password": "true",
        "password1": "Rathaus-2026-xyz",
        "password2": "Rathaus-2026-xyz",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-organisation": organisation.pk,
        "memberships-0-role": "owner",
    }
    admin_client.post(address(User, "add"), data)
    person = User.objects.get(email="neue@test.example")
    assert person.check_password("Rathaus-2026-xyz")


def test_an_address_in_other_capitals_is_the_same_person(admin_client):
    make_user(email="person@test.example")
    data = {"email": "Person@test.example", "password1": "Rathaus-2026-xyz"}
    data |= {"password2": data["password1"], "usable_password": "true"}
    answer = admin_client.post(address(User, "add"), data)
    assert "Mit dieser E-Mail-Adresse gibt es schon ein Konto" in answer.text


@pytest.mark.parametrize(("kind", "offered"), [("provider", True), ("state_agency", False)])
def test_only_a_provider_has_a_public_profile_to_fill_in(admin_client, kind, offered):
    organisation = make_organisation(kind=kind)
    html = admin_client.get(address(Organisation, "change", organisation.pk)).text
    assert ('id="provider-group"' in html) == offered


def test_an_organisation_gets_its_address_from_its_name(admin_client):
    data = {"name": "Stadtwerke Übergroß", "slug": "", "kind": "state_agency"}
    data |= {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    admin_client.post(address(Organisation, "add"), data)
    assert Organisation.objects.get().slug == "stadtwerke-uebergross"


# Solutions


def test_a_solution_is_added_with_its_lists_as_boxes(admin_client):
    data = {
        "provider": make_provider().pk,
        "title": "Neue Lösung",
        "summary": "Sie hilft.",
        "offering_type": "product",
        "topics": [make_topic().pk],
        "phase": "P3",
        "licence": "open_source",
        "hosting": ["germany", "on_premise"],
        "languages": ["de"],
    }
    for rows in ("claims", "deployments"):
        data |= {f"{rows}-TOTAL_FORMS": 0, f"{rows}-INITIAL_FORMS": 0}
    admin_client.post(address(Solution, "add"), data)
    solution = Solution.objects.get()
    assert (solution.slug, solution.hosting) == ("neue-loesung", ["germany", "on_premise"])
    assert solution.operator_models == []


@pytest.mark.parametrize("published_at", [None, timezone.now()])
def test_a_solution_links_to_its_public_page_before_it_is_published(admin_client, published_at):
    solution = make_solution(published_at=published_at)
    html = admin_client.get(address(Solution, "change", solution.pk)).text
    assert f'href="{solution.get_absolute_url()}"' in html
    assert admin_client.get(solution.get_absolute_url()).status_code == 200


def test_solutions_are_filtered_by_field_of_action(admin_client):
    field = make_topic()
    wanted = make_solution(topics=[make_topic(parent=field), make_topic(parent=field)])
    make_solution(topics=[make_topic(parent=make_topic())])
    query = {"topics__parent__id__exact": field.pk}
    found = admin_client.get(address(Solution, "changelist"), query).context["cl"].queryset
    assert list(found) == [wanted]


def test_solutions_that_wait_for_publication_are_found(admin_client):
    draft = make_solution(published_at=None)
    make_solution()
    found = admin_client.get(address(Solution, "changelist"), {"published_at__isempty": 1})
    assert list(found.context["cl"].queryset) == [draft]


# What is decided on pages


def test_a_deployment_tells_who_said_what_last(admin_client):
    deployment = make_deployment(make_solution())
    deployment.answers.create(kind="confirmed", address="amt@stadt.example", at=timezone.now())
    for page, args in (("changelist", []), ("change", [deployment.pk])):
        assert (
            "bestätigt, amt@stadt.example"
            in admin_client.get(address(Deployment, page, *args)).text
        )


@pytest.mark.parametrize("state", Deployment.State)
def test_deployments_are_filtered_by_their_state(admin_client, state):
    at = {"waiting": {}, "to_check": {"mail_confirmed_at": timezone.now()}}
    at |= {"confirmed": {"confirmed_at": timezone.now()}}
    at |= {"declined": {"declined_at": timezone.now(), "decline_reason": "Nein."}}
    solution = make_solution()
    for fields in at.values():
        make_deployment(solution, **{"confirmed_at": None} | fields)
    listed = admin_client.get(address(Deployment, "changelist"), {"state": state})
    assert [row.state for row in listed.context["cl"].queryset] == [state]


def test_what_a_municipality_has_declined_is_not_confirmed_over_its_head(admin_client):
    solution = make_solution(topics=[make_topic()])
    declined = {"confirmed_at": None, "declined_at": timezone.now(), "decline_reason": "Nein."}
    make_deployment(solution, **declined)
    change = address(Solution, "change", solution.pk)
    data = filled_in(admin_client.get(change))
    data |= {"deployments-0-confirmed_at_0": "2026-01-01", "deployments-0-confirmed_at_1": "12:00"}
    assert "Bestätigt und abgelehnt zugleich geht nicht" in admin_client.post(change, data).text


def test_a_draft_that_waits_leads_to_the_page_that_decides(admin_client):
    waiting = make_draft(state="submitted")
    page = admin_client.get(address(SolutionDraft, "change", waiting.pk)).text
    assert reverse("keeping:check", args=[waiting.pk]) in page
    written = make_draft()
    page = admin_client.get(address(SolutionDraft, "change", written.pk)).text
    assert reverse("keeping:check", args=[written.pk]) not in page


def test_of_an_organisations_own_file_admins_see_that_it_exists(admin_client):
    file = make_file()
    page = admin_client.get(address(StoredFile, "change", file.pk)).text
    assert file.name in page
    assert file.get_absolute_url() not in page
    assert file.path not in page


# Topics and places


def test_topics_stand_below_their_field_and_in_order(admin_client):
    second, first = make_topic("b", position=20), make_topic("a", position=10)
    child_of_second = make_topic("b1", parent=second, position=1)
    child_of_first = make_topic("a1", parent=first, position=5)
    listed = admin_client.get(address(Topic, "changelist")).context["cl"].result_list
    assert list(listed) == [first, child_of_first, second, child_of_second]


def test_the_order_of_topics_is_changed_in_the_list(admin_client, boss):
    topic = make_topic(position=1)
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "1"}
    data |= {"form-0-id": topic.pk, "form-0-position": 7}
    admin_client.post(address(Topic, "changelist"), data)
    topic.refresh_from_db()
    assert topic.position == 7
    assert topic.history.first().history_user == boss


def test_how_people_say_it_is_written_a_line_each(admin_client):
    topic = make_topic(sayings_de=["Dunkel, schon wieder"])
    change = address(Topic, "change", topic.pk)
    data = filled_in(admin_client.get(change))
    assert data["sayings_de"] == "Dunkel, schon wieder"
    lines = "Dunkel, schon wieder\r\n\r\n Niemand weiß, welche Lampe \r\n"
    admin_client.post(change, data | {"sayings_de": lines})
    topic.refresh_from_db()
    assert topic.sayings_de == ["Dunkel, schon wieder", "Niemand weiß, welche Lampe"]


def test_there_is_no_third_level_of_topics(admin_client):
    topic = make_topic()
    make_topic(parent=topic)
    change = address(Topic, "change", topic.pk)
    data = filled_in(admin_client.get(change)) | {"parent": make_topic().pk}
    assert "Es gibt nur zwei Ebenen" in admin_client.post(change, data).text


def suggested(admin_client, model, field: str, term: str) -> list[str]:
    query = {"app_label": "profiles", "model_name": model._meta.model_name, "field_name": field}
    answer = admin_client.get(reverse("admin:autocomplete"), query | {"term": term})
    return [row["text"] for row in json.loads(answer.content)["results"]]


def test_everything_that_is_chosen_by_typing_is_suggested(admin_client):
    solution = solution_with_rows(1)
    sources = [*admin.site._registry.values()]
    sources += [rows for row in sources for rows in (*row.inlines, ProviderRow)]
    fields = {(row.model, name) for row in sources for name in row.autocomplete_fields}
    assert len(fields) > 10
    for model, name in fields:
        if model._meta.app_label == "profiles":
            assert isinstance(suggested(admin_client, model, name, ""), list)
    assert suggested(admin_client, Solution, "provider", "GmbH") == [str(solution.provider)]


@pytest.mark.parametrize("term", ["Neustadt", "066330"])
def test_places_of_one_name_are_told_apart_by_their_key(admin_client, term):
    make_municipality(name="Neustadt", ags="06633001")
    make_municipality(name="Neustadt", ags="06633002")
    assert suggested(admin_client, Organisation, "municipality", term) == [
        "Neustadt (06633001)",
        "Neustadt (06633002)",
    ]


@pytest.mark.parametrize(
    ("ends_in", "valid", "listed"), [(1, "yes", 1), (-1, "yes", 0), (1, "no", 0), (-1, "no", 1)]
)
def test_places_are_filtered_by_their_validity(admin_client, ends_in, valid, listed):
    make_municipality(valid_until=timezone.localdate() + timedelta(days=ends_in))
    answer = admin_client.get(address(Municipality, "changelist"), {"valid": valid})
    assert answer.context["cl"].result_count == listed


def test_the_only_owner_of_an_organisation_is_protected_from_deletion(admin_client):
    owner = make_member(make_organisation(name="Stadt ohne andere"))
    page = admin_client.get(reverse("admin:profiles_user_delete", args=[owner.pk]))
    assert "Stadt ohne andere" in page.text
    admin_client.post(page.wsgi_request.path, {"post": "yes"})
    assert User.objects.filter(pk=owner.pk).exists()
