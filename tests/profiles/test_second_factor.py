"""Who administers the market or belongs to a state agency needs a second factor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from profiles.accounts import second_factor
from profiles.models import Organisation
from tests.factories import make_member, make_organisation, make_user
from tests.profiles.test_accounts import PASSWORD, is_signed_in, known, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_earnest(settings):
    settings.REQUIRE_MFA = True


@pytest.fixture
def agent():
    return make_member(make_organisation(kind=Organisation.Kind.STATE_AGENCY))


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up(client) -> tuple[str, list[str]]:
    """Set up an app as a person would, and return its secret and the recovery codes."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    return secret, answer.context["unused_codes"]


def test_it_is_required_of_staff_and_state_agencies_alone(agent, settings):
    provider = make_member(make_organisation(kind=Organisation.Kind.PROVIDER))
    people = [make_user(), provider, agent, make_user(is_staff=True)]
    assert [second_factor.is_due(person) for person in people] == [False, False, True, True]
    settings.REQUIRE_MFA = False
    assert not any(second_factor.is_due(person) for person in people)


def test_recovery_codes_alone_are_none(agent):
    Authenticator.objects.create(user=agent, type="recovery_codes", data={})
    assert second_factor.is_due(agent)


@pytest.mark.parametrize("name", ["home", "account", "usersessions_list", "api", "solutions"])
def test_everything_else_is_closed_meanwhile(client, agent, name):
    client.force_login(agent)
    answer = client.get(reverse(name))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


def test_the_administration_is_closed_meanwhile(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    for name in ("admin:index", "admin:profiles_user_changelist", "admin:jsi18n"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_index")
    assert client.post(reverse("admin:profiles_user_add"), {})["Location"] == reverse("mfa_index")


def test_the_way_to_it_stays_open(client, agent):
    client.force_login(agent)
    assert (
        "bleiben alle anderen Seiten geschlossen"
        in client.get(reverse("mfa_index")).content.decode()
    )
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("account_email")).status_code == 200
    assert client.get(reverse("accessibility_report")).status_code == 200


def test_where_it_is_voluntary_the_page_says_so(client, agent, settings):
    settings.REQUIRE_MFA = False
    client.force_login(agent)
    assert (
        "Hier ist der zweite Faktor freiwillig" in client.get(reverse("mfa_index")).content.decode()
    )
    assert client.get(reverse("home")).status_code == 200


def test_an_app_is_set_up_after_proving_the_password_and_asked_for_from_then_on(client):
    known(is_staff=True)
    sign_in(client)
    assert client.get(reverse("account"))["Location"] == reverse("mfa_index")
    proof = client.get(reverse("mfa_activate_totp"))
    client.post(proof["Location"], {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret, _codes = set_up(client)
    assert client.get(reverse("account")).status_code == 200

    client.logout()
    answer = sign_in(client)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    wrong = client.post(answer["Location"], {"code": "000000"})
    assert "Falscher Code" in wrong.content.decode()
    client.post(answer["Location"], {"code": code(secret)})
    assert is_signed_in(client)


def test_a_recovery_code_replaces_the_app_once(client):
    known()
    sign_in(client)
    client.post(client.get(reverse("mfa_activate_totp"))["Location"], {"password": PASSWORD})
    _secret, codes = set_up(client)
    assert len(codes) == 10
    for expected in (True, False):
        client.logout()
        client.post(sign_in(client)["Location"], {"code": codes[0]})
        assert is_signed_in(client) is expected


def test_codes_cannot_be_guessed(client):
    known()
    sign_in(client)
    client.post(client.get(reverse("mfa_activate_totp"))["Location"], {"password": PASSWORD})
    secret, _codes = set_up(client)
    client.logout()
    sign_in(client)
    for i in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"{i:06}"}, REMOTE_ADDR=f"198.51.100.{i}")
    answer = client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert "Zu viele gescheiterte" in answer.content.decode()
    assert not is_signed_in(client)


def test_without_the_last_factor_everything_is_closed_again(client, agent):
    secret = generate_totp_secret()
    app = Authenticator.objects.create(user=agent, type="totp", data={"secret": secret})
    client.force_login(agent)
    assert client.get(reverse("account")).status_code == 200
    app.delete()
    assert client.get(reverse("account"))["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_the_pages_of_the_other_factors_ask_who_one_is(client, name):
    known()
    sign_in(client)
    proof = client.get(reverse(name))
    assert proof["Location"].startswith(reverse("account_reauthenticate"))
    assert "Bitte weisen Sie sich noch einmal aus" in client.get(proof["Location"]).content.decode()


def test_whoever_has_a_factor_costs_one_query_more_whoever_needs_none_one(
    client, agent, django_assert_num_queries
):
    with django_assert_num_queries(1):
        second_factor.is_due(make_user_of_the_cache())
    with django_assert_num_queries(2):
        second_factor.is_due(agent)


def make_user_of_the_cache():
    from profiles.models import User

    return User(pk=0)
