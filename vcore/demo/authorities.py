"""The six authorities of the demonstration. Fictional, all of them, and no likeness is meant."""

from __future__ import annotations

import numpy as np

AUTHORITIES = (
    "Ashbourne Vale",
    "Kestrel Wolds",
    "Larkshire",
    "Merrowdale",
    "Saltmere Bay",
    "Thistledown",
)
SIZES = np.array([[23, 13, 21, 17, 15, 11], [18, 15, 22, 14, 17, 14]], float)  # others; residential care
