import pytest

from marketplace.celery import app


@pytest.fixture
def mail_is_delivered(monkeypatch):
    """Run tasks where they are called, as a worker would."""
    monkeypatch.setattr(app.conf, "task_always_eager", True)
    monkeypatch.setattr(app.conf, "task_eager_propagates", True)
