"""One import: the file, what it changes, and the draft that it becomes."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from criteria.catalogue import built_in
from criteria.catalogue.importing import vocabulary
from criteria.catalogue.importing.applying import make_draft
from criteria.catalogue.importing.differences import Differences, differences
from criteria.catalogue.importing.entries import entries_of
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.reading import Reading, read
from criteria.catalogue.models import Catalogue


@dataclass(frozen=True)
class Import:
    name: str
    reading: Reading
    known: Known
    before: Catalogue | None
    differences: Differences

    @classmethod
    def of(cls, name: str, content: bytes, *, at: datetime) -> "Import":
        """Read a file against the published version, or else the newest."""
        built_in.load(at=at)
        before = Catalogue.objects.current().first() or Catalogue.objects.newest_first().first()
        entries = entries_of(before)
        known = Known.load(entries, built_in.built_in_entries())
        reading = read(name, content, known)
        return cls(name, reading, known, before, differences(entries, reading.entries))

    @transaction.atomic
    def apply(self, *, at: datetime) -> Catalogue | None:
        """Add the new words and make the draft; none where the file says what the version says."""
        if not self.differences:
            return None
        vocabulary.add(self.reading.new_words)
        return make_draft(self.reading.entries, at=at, source=self.name, based_on=self.before)
