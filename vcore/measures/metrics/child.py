"""What the figures on a child's page mean."""

from __future__ import annotations

from vcore.measures.metrics.metric import Metric

CHILD = {
    "child_need_change": Metric(
        "Need against earlier selves",
        "The child's latest scores beside those of their last assessment at least 150 days older. Higher is more need; "
        "a falling score is never by itself a reason to pay less or to move a child.",
        "score now − score then, by domain and summed",
        "points",
        "neutral",
        1,
    ),
    "moves_of_a_child": Metric(
        "What changed at each move",
        "Need at the last assessment up to a move beside the first one in the new placement; the last fee of the "
        "placement before beside the first of the new one.",
        "before → after",
        "points; £ a week",
        "neutral",
        1,
    ),
    "missing_and_away": Metric(
        "Missing, and away without authorisation",
        "Times in the last 12 months when nobody knew where the child was (missing), and when it was known and nobody "
        "had agreed to it (away), as the return's Missing module tells them. Where no child of the authority ever was, "
        "the module may not have been sent: then it is not recorded.",
        "periods that began by the date and had not ended 12 months before it",
        "periods",
        "neutral",
        1,
    ),
    "sdq_by_year": Metric(
        "Strengths and difficulties by year",
        "The score of the questionnaire that carers fill in once a year for children aged 4 to 16. The return gives no "
        "day, so it stands at 31 March, the end of the return's year, or at the day of the load where that is earlier.",
        "0 to 13 close to average, 14 to 16 borderline, 17 to 40 a cause for concern",
        "points, 0 to 40",
        "lower is better",
        1,
    ),
    "similar_children": Metric(
        "Similar children",
        "The assessed children nearest by the scores of all need domains and by age, among all whom the reader may "
        "count on the date. Nothing else goes in: no protected characteristic but age, no status, no cost. Fewer near "
        "ones than the assumption asks for, and nothing is said of them together.",
        "square root of the weighted mean of squared differences, each in standard deviations",
        "standard deviations",
        "neutral",
        1,
    ),
}
