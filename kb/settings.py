"""Where things are unless the command line or the environment says otherwise."""

from __future__ import annotations

CORPUS_FOLDER = "corpus"
INDEX_FOLDER = "var/index"
BASE_URL = "http://127.0.0.1:8000"
"""What permanent links start with on the command line; the web application uses the host of the request."""

CORPUS_VARIABLE = "WORTLAUT_CORPUS"
INDEX_VARIABLE = "WORTLAUT_INDEX"
BASE_URL_VARIABLE = "WORTLAUT_BASE_URL"
REPORT_VARIABLE = "WORTLAUT_REPORT"
PAGES_VARIABLE = "WORTLAUT_PAGES"
