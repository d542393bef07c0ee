"""Files in: a council's SSDA903 returns and local extracts become checked, pseudonymised tables.

`read` is the way in. Nothing here writes data anywhere, logs a cell, or knows a screen or a person.
"""

from vcore.ingest.pseudonyms import load_key
from vcore.ingest.reading import Reading, read
from vcore.ingest.report import FileCard, Report
from vcore.ingest.template import write_templates

__all__ = ["FileCard", "Reading", "Report", "load_key", "read", "write_templates"]
