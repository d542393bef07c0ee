"""What a snapshot's children had a year earlier: their fee and provider then, and what broke down since.

Read beside a snapshot, in the order of its rows. Never changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from vcore.facts.codes import CARER_REQUESTS
from vcore.store.snapshot import Snapshot

_THEN = """
SELECT here.position, fee.provider, fee.weekly_cost_gbp
FROM here JOIN state.cost AS fee USING (child_id)
WHERE fee.started_on <= $as_of::DATE - INTERVAL 1 YEAR
    AND (fee.ended_on IS NULL OR fee.ended_on > $as_of::DATE - INTERVAL 1 YEAR)
QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY fee.started_on DESC) = 1
"""
# whose placement it was is said by the fee of its last day
_BROKEN_DOWN = """
SELECT here.position, placement.setting_detail, fee.provider, fee.sourced,
    coalesce(list_contains($carer_requests, placement.end_reason), false) AS carer_asked
FROM here
JOIN state.placement AS placement USING (child_id)
LEFT JOIN state.cost AS fee ON fee.child_id = placement.child_id
    AND fee.started_on < placement.ended_on AND (fee.ended_on IS NULL OR fee.ended_on >= placement.ended_on)
WHERE placement.breakdown AND placement.ended_on <= $as_of::DATE
    AND placement.ended_on > $as_of::DATE - INTERVAL 1 YEAR
QUALIFY row_number() OVER (
    PARTITION BY placement.child_id, placement.started_on, placement.ended_on ORDER BY fee.started_on DESC
) = 1
"""


@dataclass(frozen=True, eq=False)
class YearBefore:
    """`provider` and `weekly_cost_gbp` (NaN: no fee then) a year before, one a row of the snapshot.

    `broken_down` has one row a placement of these children that broke down in between: `position` (row of the
    snapshot), `setting_detail`, `provider` and `sourced`, missing where no fee was recorded for it; and
    `carer_asked`, whether the carer or the provider asked for the end.
    """

    provider: pd.Series
    weekly_cost_gbp: np.ndarray
    broken_down: pd.DataFrame


def read_year_before(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> YearBefore:
    """The year before a snapshot, from the attached `state`."""
    here = pd.DataFrame({"position": snapshot.everyone, "child_id": snapshot.frame["child_id"]})
    connection.register("here", pa.Table.from_pandas(here, preserve_index=False))
    then, broken = (
        connection.execute(query, {"as_of": snapshot.as_of} | more).df().astype({"provider": "str"})
        for query, more in ((_THEN, {}), (_BROKEN_DOWN, {"carer_requests": list(CARER_REQUESTS)}))
    )
    connection.unregister("here")
    then = then.set_index("position").reindex(here["position"])
    return YearBefore(
        provider=then["provider"].reset_index(drop=True),
        weekly_cost_gbp=then["weekly_cost_gbp"].to_numpy("float64"),
        broken_down=broken.astype({"setting_detail": "str", "sourced": "str"}),
    )
