"""Who provides each placement and how it was bought. Every name is fictional; no likeness is meant.

A council's own service carries its council's name. Nothing here knows a price.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vcore.demo.authorities import AUTHORITIES
from vcore.demo.people import WHERE
from vcore.demo.shares import deal_within


class Provider(NamedTuple):
    """A provider, the region it works in, and the kind of service it sells."""

    name: str
    region: str
    service: str


REGIONS = ("East Midlands", "West Midlands", "East of England", "South West", "North West", "South East")
COUNCIL_REGIONS = (0, 3, 2, 4, 5, 1)  # of each authority
_SOLD = {
    "agency": "Bramble Lane Fostering|Hearthside Foster Care|Willow & Wren Fostering|Open Gate Families|"
    "Lantern Foster Families|Greenfinch Fostering|Stepping Stones Foster Care|Harbourlight Fostering|"
    "Oak and Acorn Families|Dandelion Fostering|Rowan Tree Foster Care|Kindle Families",
    "homes": "Beacon Hollow Homes|Fernleigh Children's Care|Larchwood Homes|Northlight Care|"
    "Cobblestone Children's Homes|Millrace Residential|Tallow Farm Homes|Swallowfield House Care|"
    "Brightwater Homes|Elder Grove Care|Copperbeech Children's Homes|Juniper Court|Three Rivers House|"
    "Heather Bank Homes|Skylark Children's Care|Quarry Lane Homes|Meadowsweet Care|Quiet Orchard Homes",
    "supported": "First Key Living|Doorstep Rooms|Marigold Housing|Bluebell Young People|"
    "Latchkey Living|Harbour Steps|Own Front Door|Signpost Supported Living",
    "specialist": "Moorside Adolescent Health|Westering Secure Training|Cedar Unit|Saffron Family House",
}
SERVICE = {
    "independent_fostering": "agency",
    "private_residential": "homes",
    "specialist_residential": "specialist",
    "semi_independent": "supported",
    "unregistered": "supported",
    "other": "supported",
}
OWN = {
    "in_house_fostering": "Fostering Service",
    "in_house_residential": "Children's Homes",
    "semi_independent": "Supported Homes",
    "other": "Family Support",
}
MARKET = tuple(
    Provider(name, REGIONS[rank % len(REGIONS)], service)
    for service, names in _SOLD.items()
    for rank, name in enumerate(names.split("|"))
)
COUNCILS = tuple(
    Provider(f"{authority} {service}", REGIONS[COUNCIL_REGIONS[number]], where)
    for where, service in OWN.items()
    for number, authority in enumerate(AUTHORITIES)
)
ALL = MARKET + COUNCILS
_OWN_FIRST = {where: len(MARKET) + position * len(AUTHORITIES) for position, where in enumerate(OWN)}

SOURCES = ("in_house", "block", "framework", "spot")
_BOUGHT = {  # block, framework, spot
    "independent_fostering": (4, 70, 26),
    "private_residential": (14, 38, 48),
    "semi_independent": (26, 46, 28),
}
_BOUGHT_WEIGHTS = np.array([(0, *_BOUGHT.get(where, (0, 10, 90))) for where in WHERE])


def providers(
    rng: np.random.Generator, authority: np.ndarray, where: np.ndarray, provider_code: np.ndarray
) -> np.ndarray:
    """Position in `ALL` of each placement's provider: the council itself, another council, or the market."""
    chosen = deal_within(rng, where, _market_weights())
    own = np.array([_OWN_FIRST.get(name, -1) for name in WHERE])[where]
    council = (provider_code == "PR1") & (own >= 0)
    chosen = np.where(council, own + authority, chosen)
    neighbour = (authority + rng.integers(1, len(AUTHORITIES), len(where))) % len(AUTHORITIES)
    elsewhere = where == WHERE.index("other_authority_fostering")
    return np.where(elsewhere, _OWN_FIRST["in_house_fostering"] + neighbour, chosen)


def sourced(rng: np.random.Generator, where: np.ndarray, provider_code: np.ndarray) -> np.ndarray:
    """Position in `SOURCES`: in-house where the council runs it, else how the place was bought."""
    return np.where(provider_code == "PR1", 0, deal_within(rng, where, _BOUGHT_WEIGHTS))


def _market_weights() -> np.ndarray:
    """Where × provider; the largest sellers of a service have several times the share of the smallest."""
    rank = {provider.name: 1 + position for position, provider in enumerate(MARKET)}
    first = {service: rank[names.split("|")[0]] for service, names in _SOLD.items()}
    weights = np.zeros((len(WHERE), len(ALL)))
    for row, where in enumerate(WHERE):
        for column, provider in enumerate(MARKET):
            if provider.service == SERVICE.get(where, "agency"):
                weights[row, column] = 1 / (2 + rank[provider.name] - first[provider.service])
    return weights
