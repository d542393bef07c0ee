"""Review list: which placements do we discuss first?"""

from ui import review_views

review_views.draw()
