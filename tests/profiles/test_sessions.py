"""A person sees where she is signed in, and ends what she does not know."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from tests.profiles.test_accounts import is_signed_in, known, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client):
    known()
    sign_in(client, HTTP_USER_AGENT="Rathaus-PC")
    return client


@pytest.fixture
def elsewhere(here):
    other = Client()
    sign_in(other, HTTP_USER_AGENT="Telefon")
    return other


def test_the_list_names_each_device(here, elsewhere):
    text = here.get(reverse("usersessions_list")).content.decode()
    assert text.count("Rathaus-PC") == text.count("Telefon") == 1
    assert text.count("Dieses Gerät") == 1


def test_one_of_them_is_ended(here, elsewhere):
    phone = UserSession.objects.get(user_agent="Telefon")
    here.post(reverse("session_end", args=[phone.pk]))
    assert elsewhere.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200


def test_all_others_are_ended(here, elsewhere):
    here.post(reverse("usersessions_list"))
    assert not is_signed_in(elsewhere)
    assert is_signed_in(here)


def test_a_stranger_ends_nobody(here):
    stranger = Client()
    known(email="fremd@test.example")
    sign_in(stranger, email="fremd@test.example")
    session = UserSession.objects.get(user_agent="Rathaus-PC")
    assert stranger.post(reverse("session_end", args=[session.pk])).status_code == 404
    assert is_signed_in(here)


def test_the_own_device_is_left_by_signing_out_alone(here):
    own = UserSession.objects.get(user_agent="Rathaus-PC")
    assert here.post(reverse("session_end", args=[own.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 15])
def test_the_list_reads_each_session(here, number, django_assert_max_num_queries):
    for _ in range(number - 1):
        sign_in(Client())
    with django_assert_max_num_queries(10 + 3 * number):  # each is checked for being alive
        here.get(reverse("usersessions_list"))


def test_a_new_password_ends_the_others(here, elsewhere):
    new = {
        "oldpassword": "Rathaus-am-Fluss-7",
        "password1": "Neu-Haus-88",
        "password2": "Neu-Haus-88",
    }
    here.post(reverse("account_change_password"), new)
    assert elsewhere.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200
