"""Small numbers: what may be shown to whom, so that no child can be picked out.

Counts from 1 to 5 are hidden; true zeros are shown; where one cell of a table is hidden a second always is,
by row and by column, so that it cannot be worked out from the totals. Means, costs and shares need a fewest
number of children. A single provider's price is a secret of business. "Hidden" is its own value, different
from missing and from 0. Source: DfE practice for looked-after tables.
"""

from vcore.measures.disclosure.beside import hidden_beside, may_stand_beside
from vcore.measures.disclosure.crosstabs import hidden_table, with_totals
from vcore.measures.disclosure.dominance import dominated, hidden_prices
from vcore.measures.disclosure.lists import hidden_cells, hidden_rows, shown_steps
from vcore.measures.disclosure.thresholds import (
    HIDDEN,
    is_small,
    leaves_enough,
    may_average,
    may_show,
    rounded_count,
    rounded_money,
)

__all__ = [
    "HIDDEN",
    "dominated",
    "hidden_beside",
    "hidden_cells",
    "hidden_prices",
    "hidden_rows",
    "hidden_table",
    "is_small",
    "leaves_enough",
    "may_average",
    "may_show",
    "may_stand_beside",
    "rounded_count",
    "rounded_money",
    "shown_steps",
    "with_totals",
]
