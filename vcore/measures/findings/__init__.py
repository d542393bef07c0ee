"""The published report held against a cohort: every statement computed from its children, and whether it agrees."""

from vcore.measures.findings.book import Found, findings
from vcore.measures.findings.readings import Part, Reading
from vcore.measures.findings.verdicts import Verdict, verdict

__all__ = ["Found", "Part", "Reading", "Verdict", "findings", "verdict"]
