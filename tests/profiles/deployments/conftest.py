import pytest

from tests.factories import LONG_AGO, make_organisation


@pytest.fixture
def town():
    return make_organisation(
        kind="municipality", verified_at=LONG_AGO, mail_domain="musterstadt.example"
    )
