"""Roles, and that an organisation keeps an owner, whatever happens at once."""

import threading

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from profiles.models import Membership, Organisation
from profiles.models.memberships import LastOwnerError
from tests.factories import make_member, make_organisation, make_user


def membership_of(user) -> Membership:
    return Membership.objects.get(user=user)


@pytest.mark.django_db
def test_the_last_owner_stays():
    organisation = make_organisation()
    owner = membership_of(make_member(organisation))
    make_member(organisation, "editor")
    with pytest.raises(LastOwnerError):
        owner.leave()
    with pytest.raises(LastOwnerError):
        owner.change_role("editor")
    assert organisation.memberships.owners().get() == owner


@pytest.mark.django_db
def test_with_a_second_owner_the_first_may_go():
    organisation = make_organisation()
    owner, other = make_member(organisation), make_member(organisation)
    membership_of(owner).leave()
    assert [row.user for row in organisation.memberships.all()] == [other]


@pytest.mark.django_db
def test_an_owner_of_another_organisation_does_not_count():
    make_member(make_organisation())
    owner = membership_of(make_member(make_organisation()))
    with pytest.raises(LastOwnerError):
        owner.leave()


@pytest.mark.django_db
def test_an_owner_who_becomes_owner_again_changes_nothing():
    owner = membership_of(make_member(make_organisation()))
    owner.change_role("owner")
    assert owner.is_owner


def at_once(*actions) -> list[str]:
    """Run the actions in threads that start together, each with its own connection."""
    start, results = threading.Barrier(len(actions)), []

    def run(action) -> None:
        try:
            start.wait()
            action()
            results.append("done")
        except LastOwnerError:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(5))
def test_of_two_owners_who_leave_at_once_one_stays(attempt):
    organisation = make_organisation()
    one = membership_of(make_member(organisation))
    other = membership_of(make_member(organisation))
    assert at_once(one.leave, other.leave) == ["done", "refused"]
    assert organisation.memberships.owners().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_step_back_at_once_one_stays():
    organisation = make_organisation()
    one = membership_of(make_member(organisation))
    other = membership_of(make_member(organisation))
    assert at_once(one.leave, lambda: other.change_role("viewer")) == ["done", "refused"]
    assert organisation.memberships.owners().count() == 1


@pytest.mark.django_db
def test_who_would_leave_an_organisation_alone():
    organisation = make_organisation()
    owner = make_member(organisation)
    assert Organisation.objects.solely_owned_by([owner]).get() == organisation
    make_member(organisation, "editor")
    assert Organisation.objects.solely_owned_by([owner]).exists()
    make_member(organisation)
    assert not Organisation.objects.solely_owned_by([owner]).exists()


@pytest.mark.django_db(transaction=True)
def test_who_owns_an_organisation_alone_is_not_deleted_behind_its_back():
    owner = make_member(make_organisation())
    with pytest.raises(IntegrityError, match="last owner"):
        owner.delete()
    make_member(owner.organisations.get())
    owner.delete()


@pytest.mark.django_db(transaction=True)
def test_an_organisation_that_is_deleted_takes_its_owners_along():
    organisation = make_organisation()
    make_member(organisation)
    organisation.delete()
    assert not Membership.objects.exists()


# Pages


@pytest.fixture
def organisation(db):
    return make_organisation()


@pytest.fixture
def owner(organisation, client):
    user = make_member(organisation)
    client.force_login(user)
    return user


def test_an_owner_changes_a_role_and_history_keeps_it(client, organisation, owner):
    editor = membership_of(make_member(organisation, "editor"))
    address = reverse("organisations:member_role", args=[organisation.slug, editor.pk])
    client.post(address, {"role": "viewer"})
    editor.refresh_from_db()
    newest = editor.history.first()
    assert (editor.role, newest.role, newest.history_user) == ("viewer", "viewer", owner)


def test_an_invented_role_changes_nothing(client, organisation, owner):
    editor = membership_of(make_member(organisation, "editor"))
    address = reverse("organisations:member_role", args=[organisation.slug, editor.pk])
    client.post(address, {"role": "emperor"})
    editor.refresh_from_db()
    assert editor.role == "editor"


def test_the_last_owner_is_told_why_stepping_back_fails(client, organisation, owner):
    address = reverse(
        "organisations:member_role", args=[organisation.slug, membership_of(owner).pk]
    )
    answer = client.post(address, {"role": "viewer"}, follow=True)
    assert "machen Sie zuerst eine andere Person verantwortlich" in answer.text


def test_the_last_owner_is_told_why_leaving_fails(client, organisation, owner):
    address = reverse("organisations:leave", args=[organisation.slug])
    answer = client.post(address, follow=True)
    assert "machen Sie zuerst eine andere Person verantwortlich" in answer.text
    assert membership_of(owner).is_owner


def test_a_member_leaves_after_a_question(client, organisation, owner):
    viewer = make_member(organisation, "viewer")
    client.force_login(viewer)
    address = reverse("organisations:leave", args=[organisation.slug])
    assert client.get(address).status_code == 200
    assert viewer.memberships.exists()
    client.post(address)
    assert not viewer.memberships.exists()


def test_a_member_is_removed_after_a_question(client, organisation, owner):
    viewer = make_member(organisation, "viewer")
    args = [organisation.slug, membership_of(viewer).pk]
    address = reverse("organisations:member_remove", args=args)
    assert viewer.email in client.get(address).text
    assert viewer.memberships.exists()
    client.post(address)
    assert not viewer.memberships.exists()
    assert client.post(address).status_code == 404


def test_a_member_of_another_organisation_is_out_of_reach(client, organisation, owner):
    foreign = membership_of(make_member(make_organisation()))
    address = reverse("organisations:member_remove", args=[organisation.slug, foreign.pk])
    assert client.post(address).status_code == 404


def test_only_owners_see_what_they_alone_decide(client, organisation, owner):
    client.force_login(make_member(organisation, "viewer"))
    html = client.get(organisation.get_absolute_url()).text
    assert "Rolle ändern" not in html
    assert "Entfernen" not in html


@pytest.mark.parametrize("rows", [1, 15])
def test_the_page_needs_as_many_queries_for_many(
    client, organisation, owner, rows, django_assert_max_num_queries
):
    from tests.factories import make_invitation, make_join_request

    for _ in range(rows):
        make_member(organisation, "viewer")
        make_invitation(organisation)
        make_join_request(organisation)
    with django_assert_max_num_queries(9):
        client.get(organisation.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 15])
def test_my_organisations_need_as_many_queries_for_many(
    client, rows, django_assert_max_num_queries, db
):
    user = make_user()
    for _ in range(rows):
        Membership.objects.create(organisation=make_organisation(), user=user, role="viewer")
    client.force_login(user)
    with django_assert_max_num_queries(6):
        assert client.get(reverse("organisations:list")).status_code == 200
