"""Scenario: what would change, and what would it cost?"""

from ui import saved_scenario_notice, scenario_answer, scenario_state

if scenario_state.problems():
    scenario_answer.draw_problems()
elif saved_scenario_notice.stale_link():
    saved_scenario_notice.draw_stale_link()
else:
    saved_scenario_notice.draw()
    scenario_answer.explore()
