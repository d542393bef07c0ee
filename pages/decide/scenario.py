"""Scenario: what would change, and what would it cost?"""

from ui import scenario_answer, scenario_state

if scenario_state.problems():
    scenario_answer.draw_problems()
else:
    scenario_answer.explore()
