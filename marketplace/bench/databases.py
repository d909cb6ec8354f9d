"""A database for each size of market, kept for the next run."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection

from marketplace.bench import market, needs, surveys
from profiles.models import SearchDocument
from profiles.snapshot import postings


@contextmanager
def market_of(size: int) -> Iterator[None]:
    """Work in a database with a market of that many solutions; the first time, build it."""
    usual, name = connection.settings_dict["NAME"], f"bench_{size}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        for command in ("migrate", "load_reference_data"):
            call_command(command, verbosity=0, stdout=StringIO())
        if SearchDocument.objects.count() != size:  # they are written last
            market.build(size)
        if not needs.is_built(size):
            needs.build(size)
        if not surveys.is_built():
            surveys.build()
        postings.refresh()
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
