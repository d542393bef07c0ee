"""Review list: which placements do we discuss first?"""

from ui import review_list

review_list.draw()
