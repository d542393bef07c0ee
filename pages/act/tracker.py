"""Tracker: what was agreed, and what was delivered?"""

from ui import tracker

tracker.draw()
