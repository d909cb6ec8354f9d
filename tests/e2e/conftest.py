"""A real browser on the demo market, which is loaded once for this folder."""

import shutil
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django.live_server_helper import LiveServer

# The one without windows does the same with a fifth less work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)

# Of several lists only the last counts, so the first lines repeat what Playwright turns off. The
# last two would build the list below the address bar, which nobody sees, in each new context: a
# process that needs a second.
TURNED_OFF = [
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
]


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "tests/e2e" in item.nodeid:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.django_db)  # else there may be no test database
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="browser tests need chromium on the PATH"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update"]
    calm = ["--disable-sync", "--disable-quic", "--disable-gpu", "--disable-dev-shm-usage"]
    plain = ["--no-sandbox", f"--disable-features={','.join(TURNED_OFF)}"]
    own = {"executable_path": CHROMIUM, "args": [*plain, *quiet, *calm]}
    return browser_type_launch_args | own


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"viewport": {"width": 1280, "height": 900}, "locale": "de-DE"}


@pytest.fixture(scope="session")
def connections_of_the_event_loop(django_db_setup, playwright) -> Iterator[None]:
    """Close what was opened while the browser's event loop ran: Django keeps it apart."""
    yield
    connections.close_all()


@pytest.fixture(scope="package")
def site(connections_of_the_event_loop, django_db_blocker) -> Iterator[str]:
    """The address of a server on the demo market; the data goes when the folder is done."""
    from django.test.utils import override_settings

    from marketplace.demo import accounts, market, needs
    from marketplace.pages import texts
    from profiles import reference

    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=hashers):
        with override_settings(SIMPLE_HISTORY_ENABLED=False):  # it takes longer than the data
            reference.load()
            texts.load()
            market.load()
            accounts.load()
            needs.load()
        connections.settings["default"]["CONN_MAX_AGE"] = 0  # an idle one would hold the database
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def narrow_page(browser, browser_context_args) -> Iterator:
    """A phone, 390 px wide."""
    context = browser.new_context(
        **browser_context_args | {"viewport": {"width": 390, "height": 844}}
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser, browser_context_args) -> Iterator:
    """A browser that runs no JavaScript."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()
