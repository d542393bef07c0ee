"""Numbers about a cohort, computed from its rows. Pure: no database, no screen, nothing remembered."""
