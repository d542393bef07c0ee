"""Cohorts: who are they, and how do they differ from others?"""

from ui import cohort_state, cohort_views, composition, headlines, reads

cohort, comparison, gate = reads.cohort(), reads.comparison(), reads.gate()

headlines.draw(
    composition.headlines(cohort, comparison, gate),
    sentence=cohort_state.chosen().filter.describe(),
)
cohort_views.draw(cohort, comparison, gate)
