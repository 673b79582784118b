"""References: one entry a passage for BibTeX, RIS and CSL-JSON; its key is made of the locator and so never changes.

No day of access is given, so that the same corpus is written the same on any day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from kb.citation import Citation, cite
from kb.citation_formats import biblatex, bibtex, ris
from kb.csl import csl_item
from kb.export.extract import Extract
from kb.export.rows import json_list


def _citations(extract: Extract, base_url: str) -> Iterator[Citation]:
    for passage in extract.passages:
        yield cite(passage, extract.editions[passage.edition], base_url=base_url)


def _entries(written: Callable[[Citation], str], extract: Extract, *, base_url: str) -> Iterator[str]:
    """Yield the entries, a blank line between them."""
    for citation in _citations(extract, base_url):
        yield written(citation) + "\n"


bibtex_chunks = partial(_entries, bibtex)
biblatex_chunks = partial(_entries, biblatex)
ris_chunks = partial(_entries, ris)


def csl_chunks(extract: Extract, *, base_url: str) -> Iterator[str]:
    """Yield one CSL-JSON list of all passages."""
    return json_list(map(csl_item, _citations(extract, base_url)))
