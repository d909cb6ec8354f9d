"""Who sits at the browser: signed in without the form, which has a story of its own."""

from django.test import Client
from playwright.sync_api import Page

from profiles.models import User


def session_of(user: User) -> str:
    """Sign in; outside of any transaction, so that the server sees it."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def become(page: Page, site: str, session: str) -> None:
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
