"""Compare: which option, and why?"""

from ui import scenario_comparison_page

scenario_comparison_page.draw()
