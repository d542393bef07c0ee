"""Approved, filled and free places of services, as councils record them by month: the SQL of the `capacity` table."""

from __future__ import annotations

FREE_PLACES = """
SELECT authority, setting_detail, max_by(places_approved - places_filled, month)::INTEGER AS free
FROM state.capacity WHERE month <= $as_of::DATE
GROUP BY ALL ORDER BY ALL
"""
PLACES_BY_MONTH = """
SELECT authority, setting_detail, month, sum(places_approved)::INTEGER AS approved,
    sum(places_filled)::INTEGER AS filled
FROM state.capacity
WHERE month <= $as_of::DATE AND month > $as_of::DATE - to_months($months::INTEGER)
GROUP BY ALL ORDER BY ALL
"""
