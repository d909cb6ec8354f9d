import pytest

from marketplace.celery import app


@pytest.fixture
def mail_is_delivered():
    """Run tasks where they are called, as a worker would."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False
