"""Money plan: what goes in the medium-term plan, and can it be audited?"""

from ui import money_plan, scenario_answer, scenario_state

if scenario_state.problems():
    scenario_answer.draw_problems()
else:
    money_plan.draw()
