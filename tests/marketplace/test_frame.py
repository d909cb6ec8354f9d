"""What surrounds every page: banner, navigation, languages, and the pages of errors."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests.factories import make_solution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client):
    def get(address: str, *, status: int = 200) -> str:
        response = client.get(address)
        assert response.status_code == status
        return response.content.decode()

    return get


def test_a_demonstration_says_on_every_page_that_it_is_one(shown, settings):
    settings.DEMO = True
    assert "sie haben nichts davon gesagt oder gekauft" in shown(reverse("market"))
    settings.DEMO = False
    assert "Vorführung" not in shown(reverse("market"))


def test_the_other_language_is_the_same_page_with_the_same_filters(shown):
    address = f"{reverse('solutions')}?phase=P4"
    assert f'href="/en{address}" lang="en"' in shown(address)
    assert f'href="{address}" lang="de"' in shown(f"/en{address}")


def test_a_page_in_one_language_offers_no_other(shown):
    assert "hreflang" not in shown(reverse("api"))
    assert "hreflang" not in shown("/gibt-es-nicht/", status=404)


def test_the_navigation_marks_where_one_is(shown):
    assert f'href="{reverse("market")}" aria-current="page"' in shown(reverse("market"))
    solution = shown(make_solution().get_absolute_url())
    assert f'href="{reverse("solutions")}" aria-current="true"' in solution


def test_a_stranger_can_sign_in_and_a_member_can_leave(client, shown):
    assert reverse("account_login") in shown(reverse("market"))
    client.force_login(make_user(email="erika@test.example"))
    text = shown(reverse("market"))
    assert "erika@test.example" in text
    assert reverse("account_logout") in text
    assert reverse("admin:index") not in text


def test_the_page_of_a_failure_needs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Fehler 500" in render_to_string("500.html")


@pytest.mark.parametrize("code", ["403", "404", "429"])
def test_the_pages_of_errors_say_what_to_do(rf, code):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    text = render_to_string(f"{code}.html", request=request)
    assert f"Fehler {code}" in text
    assert reverse("solutions") in text


def test_a_wrong_password_is_explained_beside_the_form(client):
    response = client.post(reverse("account_login"), {"login": "wer@test.example", "password": "x"})
    text = response.content.decode()
    assert "Bitte prüfen Sie Ihre Angaben" in text
    assert "<title>Fehler: Anmelden" in text.replace("\n", "")
