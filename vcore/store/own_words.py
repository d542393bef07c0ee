"""Which children have said something that is recorded in their own words: whether, never what."""

from __future__ import annotations

WITH_OWN_WORDS = """
SELECT DISTINCT child_id FROM state.assessment
WHERE assessed_on <= $as_of::DATE AND coalesce(trim(child_view), '') <> ''
    AND child_id IN (SELECT unnest($children::VARCHAR[]))
"""
