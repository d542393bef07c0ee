"""Placements: where do children live, how long, and how do they move?"""

from ui import headlines, placement_views, reads
from ui import placement_figures as figures

cohort, comparison, gate = reads.cohort(), reads.comparison(), reads.gate()

headlines.draw(
    figures.headlines(cohort, comparison, gate),
    sentence=figures.sentence(cohort, gate),
)
placement_views.draw(cohort, comparison, gate)
