"""The people a source of attributed paragraphs names: who of them is known, and what is new about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indexer.attributed_rows import AttributedRow
from kb.model import Speaker


@dataclass
class PeopleMet:
    """Everybody in the authority file (`known`) and everybody met since (`met`), as they are to be written."""

    known: Mapping[str, Speaker]
    met: dict[str, Speaker] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        forms = [(form, person.id) for person in self.known.values() for form in {person.name, *person.printed}]
        borne = Counter(form for form, _ in forms)
        self._ids = {form: person_id for form, person_id in forms if borne[form] == 1}

    @property
    def all(self) -> dict[str, Speaker]:
        """Everybody, by id."""
        return {**self.known, **self.met}

    def meet(self, row: AttributedRow, edition: str) -> Speaker | None:
        """Return the person a row names, or None; its printed form and its office in `edition` are noted.

        A form that one known person bears means that person; otherwise the name makes the id.
        """
        if row.person is None:
            return None
        person_id = self._ids.get(row.speaker, row.person.id)
        person = self.met.get(person_id) or self.known.get(person_id) or row.person
        office = replace(row.office, edition=edition)
        if row.speaker not in (person.name, *person.printed):
            person = replace(person, printed=(*person.printed, row.speaker))
        if (office.office or office.organisation) and office not in person.offices:
            person = replace(person, offices=(*person.offices, office))
        self.met[person_id] = person
        return person
