"""Data: what is loaded, is it good, and how do I update it?"""

from ui import data_page

data_page.draw()
