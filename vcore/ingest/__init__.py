"""Files in: a council's SSDA903 returns and local extracts become checked, pseudonymised tables.

`read` is the way in from a folder; `uploads.opened_all` and `read_extracts` from what is in memory.
Nothing here writes data anywhere, logs a cell, or knows a screen or a person.
"""

from vcore.ingest.pseudonyms import load_key
from vcore.ingest.reading import Reading, opened_folder, read, read_extracts
from vcore.ingest.report import FileCard, Report
from vcore.ingest.template import write_templates

__all__ = [
    "FileCard",
    "Reading",
    "Report",
    "load_key",
    "opened_folder",
    "read",
    "read_extracts",
    "write_templates",
]
