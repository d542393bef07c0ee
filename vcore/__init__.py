"""Care Value Explorer's model: children in care, what they need, what it costs, and what would happen if.

The public face, kept stable: everything a script or a check outside the repository needs. Names are
fetched when first used, so that reading a fact does not import the database.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vcore.scenarios import PriceCap, Scenario, StepDown, run
    from vcore.store import CohortFilter, Store

__version__ = "0.1.0"
__all__ = ["CohortFilter", "PriceCap", "Scenario", "StepDown", "Store", "run"]

_HOMES = {"CohortFilter": "vcore.store", "Store": "vcore.store"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'vcore' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "vcore.scenarios")), name)
