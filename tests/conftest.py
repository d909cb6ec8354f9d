import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from tests.environment import WORKER

# Keys of four digits from the first row on: "1.001" is not one, wherever a template writes it.
FOUR_DIGITS = """
DO $$ DECLARE sequence regclass; BEGIN
    FOR sequence IN SELECT oid FROM pg_class
        WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
    LOOP EXECUTE format('ALTER SEQUENCE %s START 1001 RESTART', sequence); END LOOP;
END $$
"""

# What a test has committed; content types and permissions stay, and so need not be made anew.
DELETE_ALL = """
DO $$ DECLARE emptied regclass; BEGIN
    SET LOCAL lock_timeout = '20s';  -- rather than wait for what a failed test left open
    SET LOCAL session_replication_role = replica;  -- no trigger looks, and no foreign key
    FOR emptied IN SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    LOOP EXECUTE format('DELETE FROM %s', emptied); END LOOP;
    INSERT INTO profiles_solutionchange (solution_id) VALUES (NULL);  -- all may have changed
END $$
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(FOUR_DIGITS)


@pytest.fixture(scope="session", autouse=True)
def quick_flush():
    """Delete what transactional tests leave: to truncate 150 tables takes half a second."""

    def delete_all(test):
        with connection.cursor() as cursor:
            cursor.execute(DELETE_ALL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", delete_all)
        yield


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Serve static files by their own names: the manifest is made by collectstatic."""
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def fast_passphrases():
    """Derive the keys of holders at once; returns what it costs in earnest, which has a test."""
    from challenges.calls import sealing

    earnest = sealing.SCRYPT_COST
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "SCRYPT_COST", 2)
        yield earnest


@pytest.fixture(autouse=True)
def german_first(settings):
    """Begin each test in German: the client leaves the language of its last page active."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Begin as a new process does: what a test asks the database hangs on no test before it."""
    from profiles.snapshot.current import _kept

    cache.clear()
    _kept.clear()


@pytest.fixture(scope="session", autouse=True)
def queue_of_its_own():
    """Let tests that run beside these put their tasks elsewhere."""
    from marketplace.celery import app

    app.conf.task_default_queue = f"test{WORKER}"


@pytest.fixture(scope="session", autouse=True)
def undefined_variables_fail():
    """Let a template that names what is not there fail, rather than show nothing."""
    from django.conf import settings

    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()


class Undefined(str):
    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined template variable: {name}")
