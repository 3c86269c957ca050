"""firstline stress: where each policy breaks first."""

from __future__ import annotations

from pathlib import Path

from tui.command_line.options import (
    Changes,
    Charts,
    Days,
    Format,
    FormatChoice,
    Output,
    PolicyList,
    Quiet,
    Replications,
    Resume,
    Save,
    ScenarioName,
    Seed,
    Workers,
)

EXAMPLES = """\b
Examples:
  firstline stress retail-complaints
  firstline stress my-centre.toml -n 20
  firstline stress my-centre.toml --format csv > stress.csv
"""


def stress(  # noqa: PLR0913 - an option each
    scenario: ScenarioName,
    *,
    policies: PolicyList = None,
    replications: Replications = None,
    days: Days = None,
    changes: Changes = None,
    seed: Seed = None,
    workers: Workers = None,
    format_: FormatChoice = Format.TABLE,
    output: Output = Path("runs"),
    save: Save = True,
    charts: Charts = True,
    resume: Resume = None,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Put every policy under stress and show where it breaks first.

    The stresses are fixed: volume +20 %, two people of the largest front-line group absent,
    handling time +10 %, an outage hour at three times the volume, and an approver ill. A policy
    breaks where the service level falls short of [targets] or an expectation in [expect] does not
    hold, beyond chance. The customers are the same under every policy and stress. The default of
    -n is 10, or fewer where that would take more than 300 simulations.
    """
    from scenarios.policies.policy_set import PolicySet
    from tui.command_line import parsed_options
    from tui.command_line.batch import Batch, Keeping
    from tui.command_line.stressing import stress_test

    keeping = Keeping(output, save=save, resume=resume)
    scene = parsed_options.load_scenario(scenario, changes, days)
    chosen = parsed_options.parse_policies(scene, policies)
    centre = PolicySet.of(scene)
    name = f"{parsed_options.stem_of(scenario)}-stress"
    batch = Batch(
        name, centre, chosen, replications, None, seed, workers, parsed_options.file_of(scenario)
    )
    stress_test(centre, batch, keeping, format_, charts=charts)
