"""What ends and what begins at one instant: nobody does two things at once."""

from __future__ import annotations

import numpy as np

from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import AgentState, Ending


def test_who_has_just_finished_writing_is_not_asked_to_decide_while_wrapping_up() -> None:
    scenario = Scenario.model_validate(
        {
            "reasons": {
                "letter": {
                    "volume": {"at_s": [0, 0]},
                    "channels": {"email": 1},
                    "groups": ["desk"],
                    "solve": 0.0,
                    "handling": {"email": {"talk_s": 51, "wrap_up_s": 2}},
                }
            },
            "groups": {"desk": {"heads": 2, "authority": "full"}},
            "authority": {"full": {"limit": 100}},
            "escalation": {
                "beyond_knowledge": {
                    "steps": [
                        {
                            "step": "ask_approver",
                            "group": "desk",
                            "decision_s": 5,
                            "timeout_s": 0,
                        }
                    ]
                }
            },
        }
    )
    trace = simulate(scenario, 1, 0)
    spans = trace.spans
    seconds = spans["end"] - spans["start"]
    wrapping = spans["state"] == AgentState.WRAP_UP
    assert np.bincount(spans["agent"][wrapping], seconds[wrapping]).tolist() == [2.0, 2.0]
    assert not (spans["state"] == AgentState.DECIDING).any()
    assert set(trace.contacts["ending"]) == {Ending.UNSOLVED}
