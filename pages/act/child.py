"""Child: what does this child need, and is it getting better?"""

from ui import child_page

child_page.draw()
