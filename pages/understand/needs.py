"""Needs: what do these children need, and how does that differ from others?"""

from ui import composition, headlines, need_levels, need_views, reads

cohort, comparison, gate = reads.cohort(), reads.comparison(), reads.gate()

headlines.draw(
    composition.headlines(cohort, comparison, gate),
    sentence=need_levels.headline(cohort, gate),
)
need_views.draw(cohort, comparison, gate)
