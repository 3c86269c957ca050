"""Agents behind a limited number of lines: callers wait while a line is free, else are blocked."""

from dataclasses import dataclass

from results.formulas.erlang import SECONDS_PER_HOUR, erlangs
from results.formulas.inputs import whole_number


@dataclass(frozen=True, slots=True)
class LimitedLines:
    """What callers meet when every call, waiting or in service, holds one of a few lines.

    `blocked` and `p_empty` (nobody in the centre) are shares of all who try, `p_wait` a share of
    those who find a line, `asa` their mean wait in seconds; `mean_queue` counts contacts.
    """

    offered_load: float
    agents: int
    lines: int
    blocked: float
    p_empty: float
    p_wait: float
    asa: float
    occupancy: float
    mean_queue: float


@dataclass(frozen=True, slots=True)
class _Centre:
    """The steady state with a given number of lines, as an outside observer sees it."""

    full: float
    empty: float
    all_busy: float
    queue: float


def _with_one_more_line(centre: _Centre, line: int, agents: int, load: float) -> _Centre:
    """Add the state "all `line` lines are held", and thin out the states below it.

    The states below keep their proportions, so every figure is a weighted mean of the old one and
    that of the new state. Only positive numbers are added: nothing cancels and nothing overflows,
    however large the load or the number of lines.
    """
    full = load * centre.full / (min(line, agents) + load * centre.full)
    return _Centre(
        full=full,
        empty=(1 - full) * centre.empty,
        all_busy=(1 - full) * centre.all_busy + (full if line >= agents else 0.0),
        queue=(1 - full) * centre.queue + full * max(line - agents, 0),
    )


def limited_lines(contacts_per_hour: float, aht_s: float, agents: int, lines: int) -> LimitedLines:
    """Blocking and waits with `lines` lines in all, of callers who never give up (M/M/c/K).

    As many lines as agents gives Erlang B; lines without end give Erlang C. Loads above the number
    of agents are allowed: blocking keeps the queue finite. A caller who finds a line sees the
    centre as it would be with one line fewer, which gives `p_wait`.

    Raises:
        ValueError: an input outside its range, or fewer lines than agents.
    """
    load = erlangs(contacts_per_hour, aht_s)
    whole_number("lines", lines, least=whole_number("agents", agents))
    seen = centre = _Centre(full=1.0, empty=1.0, all_busy=0.0, queue=0.0)
    for line in range(1, lines + 1):
        seen, centre = centre, _with_one_more_line(centre, line, agents, load)
    found_a_line = contacts_per_hour / SECONDS_PER_HOUR * (1 - centre.full)
    return LimitedLines(
        offered_load=load,
        agents=agents,
        lines=lines,
        blocked=centre.full,
        p_empty=centre.empty,
        p_wait=seen.all_busy,
        asa=centre.queue / found_a_line if found_a_line else 0.0,
        occupancy=load * (1 - centre.full) / agents,
        mean_queue=centre.queue,
    )
