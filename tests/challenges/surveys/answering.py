"""What people send who answer a survey by their link."""

from typing import Any

from django.urls import reverse

from challenges.models import Respondent


def page(respondent: Respondent, name: str = "answer_section", *args: Any) -> str:
    args = args or ((1,) if name == "answer_section" else ())
    return reverse(f"surveys:{name}", args=[respondent.token, *args])


def send(client, respondent, **data):
    sent = {f"v-{key.replace('-', '')}": "0" for key in data if not key.startswith(("v-", "was-"))}
    return client.post(page(respondent), sent | data)


def submit(client, respondent):
    return client.post(page(respondent, "answer_submit"))
