"""The demonstration cohort: fictional children of fictional councils, made from a seed.

It reproduces the published figures that the app is checked against, and holds nothing about anybody real.
Nothing outside this package may depend on how it is made: measures compute from its rows like from any others.
"""

from vcore.demo.authorities import AUTHORITIES
from vcore.demo.cohort import build
from vcore.demo.dates import AS_OF

__all__ = ["AS_OF", "AUTHORITIES", "build"]
