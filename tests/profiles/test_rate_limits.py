"""Guessing is slowed down, and nobody is locked out for good. The cache is the real one."""

import pytest
from allauth.core.internal import ratelimit
from django.urls import reverse

from tests.mailbox import letters
from tests.profiles.test_accounts import (
    ERIKA,
    PASSWORD,
    is_signed_in,
    known,
    link_in_mail,
    sign_in,
    sign_up,
)

pytestmark = pytest.mark.django_db


def guess(client, times: int) -> str:
    for i in range(times):  # each from another address, as attackers do
        answer = sign_in(client, "falsch", REMOTE_ADDR=f"198.51.100.{i}")
    return answer.content.decode()


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client):
    known()
    assert "leider falsch" in guess(client, 5)
    assert "Zu viele gescheiterte Anmeldeversuche" in sign_in(client).content.decode()
    assert not is_signed_in(client)


def test_five_minutes_later_it_is_accepted_again(client, monkeypatch):
    known()
    guess(client, 5)
    later = ratelimit.time.time() + 5 * 60 + 1
    monkeypatch.setattr(ratelimit.time, "time", lambda: later)
    sign_in(client)
    assert is_signed_in(client)


def test_a_mail_lifts_the_limit_at_once(client):
    known()
    guess(client, 5)
    client.post(reverse("account_reset_password"), {"email": ERIKA["email"]})
    form = client.get(link_in_mail(), follow=True)
    new = {"password1": "Neues-Rathaus-8", "password2": "Neues-Rathaus-8"}
    client.post(form.redirect_chain[-1][0], new)
    sign_in(client, "Neues-Rathaus-8")
    assert is_signed_in(client)


def test_one_address_guesses_ten_times_a_minute_whatever_the_account(client):
    known()
    for i in range(10):
        sign_in(client, "falsch", f"person{i}@test.example")
    assert "Zu viele gescheiterte" in sign_in(client, PASSWORD).content.decode()


def test_one_address_signs_up_twenty_times_an_hour(client):
    codes = [sign_up(client, email=f"e{i}@test.example").status_code for i in range(21)]
    assert codes == [302] * 20 + [429]


def test_one_account_gets_five_mails_an_hour_to_reset_its_password(client):
    known()
    address = reverse("account_reset_password")
    codes = [client.post(address, {"email": ERIKA["email"]}).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]
    assert len(letters()) == 5
