"""Money plan: what goes in the medium-term plan, and can it be audited?"""

from ui import money_plan, saved_scenario_notice, scenario_answer, scenario_state, working_scenario

if scenario_state.problems():
    scenario_answer.draw_problems()
elif saved_scenario_notice.stale_link():
    saved_scenario_notice.draw_stale_link()
else:
    saved_scenario_notice.draw()
    money_plan.draw()
    working_scenario.keep()
