"""Agents and groups at work: what they are, what they have in hand, what waits for them."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from sim.floor.idle import NOT_IDLE, Idle, IdleBySkills, IdleInNoOrder, IdleInOrder
from sim.floor.interruptible_work import Work
from sim.floor.queues import Medium, Queue
from sim.people.away import Away
from sim.people.engagement import Day
from sim.people.roster import Pause
from sim.people.traits import solve_probability
from sim.plan.centre_plan import CentrePlan
from sim.plan.groups import GroupPlan
from sim.trace.codes import AgentState
from sim.trace.trace import AgentTraits

NOTHING: frozenset[int] = frozenset()
"""Of an agent who takes whatever the group takes."""

IdleByMedium = dict[Medium, "Idle[Agent]"]
"""A group's idle agents for every kind of attention that the centre's contacts ask for."""


class Ability:
    """What one person takes, how fast, and how much of it the person can solve."""

    __slots__ = ("barred", "cut_off", "knowledge", "pace", "resolution", "speed", "wrap_up")

    def __init__(self, traits: AgentTraits, looks_up: float) -> None:
        self.speed = traits.speed
        self.knowledge = traits.knowledge + looks_up
        self.wrap_up = traits.wrap_up
        """Factor on wrap-up."""
        self.cut_off = traits.cut_off
        """Share of customers on the telephone whom this agent cuts off."""
        self.pace = 1.0
        """Factor on talk (part of the speed) and wrap-up by the learning curve."""
        self.resolution = 1.0
        """Share of the centre's cases that this agent can solve."""
        self.barred: frozenset[int] = NOTHING
        """Reasons that colleagues of the group take and this agent does not."""


class Agent(Ability):
    """One person at work."""

    __slots__ = (
        "aside",
        "away",
        "away_in",
        "came",
        "chat_slots",
        "chats",
        "coming",
        "day",
        "duties",
        "going",
        "group",
        "held",
        "number",
        "own_left",
        "pause",
        "pauses",
        "promised",
        "since",
        "stamp",
        "state",
        "written",
    )

    def __init__(self, number: int, traits: AgentTraits, group: Group) -> None:
        super().__init__(traits, group.looks_up)
        self.number = number
        self.group = group
        self.state = AgentState.READY
        self.since = 0.0
        self.came = 0.0
        """When the present duty of a headcount began."""
        self.duties = 0
        """Stretches of duty that have begun and not ended; above zero the agent is on duty."""
        self.away_in: Away | None = None
        """A time away by the clock: the agent is not ready as long as nobody waits."""
        self.coming = False
        """Called back, and not there yet."""
        self.going = False
        """Duty is over: the contact in hand is finished, no new one taken."""
        self.held = 0
        """Things in hand that fill the agent: a call, an approval, a wrap-up."""
        self.chat_slots = 0
        """Chats in hand, those on hold and in wrap-up included."""
        self.chats: list[Work] = []
        """Chats that are being worked on."""
        self.written: Work | None = None
        """Written work in hand; it can be put aside for a call."""
        self.aside: list[Work] = []
        """Written work put aside for more pressing written work."""
        self.away = (AgentState.ABSENT, 0.0)
        """Absent or in class, and until when, as soon as the duty before is over."""
        self.pauses: deque[Pause] = deque()
        """Pauses that are due and not yet taken."""
        self.pause: Pause | None = None
        """The pause being taken, due when it began."""
        self.promised = Queue()
        """Follow-ups that wait for this very agent (ownership)."""
        self.day: Day | None = None
        """What the agent met with today; counted only where engagement follows from it."""
        self.own_left = 0.0
        """Seconds of own work still planned today."""
        self.stamp = NOT_IDLE
        """Anew each time of being idle, so that old entries among the idle are void."""


class Group:
    """A group of agents at work."""

    def __init__(self, plan: GroupPlan, idle: IdleByMedium, free: Sequence[Idle[Agent]]) -> None:
        self.plan = plan
        self.name = plan.name
        self.position = plan.position
        self.tier = plan.tier
        self.authority = plan.authority
        """What it may decide now."""
        self.agents: list[Agent] = []
        self.away: dict[Agent, None] = {}
        """Agents who can be called back, those first who are away longest."""
        self.out_until = 0.0
        """Until when nobody takes a contact, because of an outage."""
        self.queue = Queue(by_reason=bool(plan.barred))
        self.idle = idle
        self.free = free
        """Among whom an agent with nothing in hand is idle: for every kind of attention."""
        self.on_duty = 0
        """Agents on duty, those finishing their last contact included."""
        self.going = 0
        """Those of them whose duty is over and who take no customer any more."""
        self.asking: list[tuple[Agent, Group]] = []
        """Agents of the group who hold until somebody comes, and the group that they ask."""
        self.drops: deque[float] = deque()
        """Times at which the headcount dropped while everybody was busy: who finishes next goes."""
        self.absent: dict[Agent, float] = {}
        """Agents who are absent and paid though the roster has numbers, not persons: since when."""
        self.to_be_absent = 0
        """How many should be; the others are still at work when the number falls."""
        self.handling_s = plan.handling_s
        """Mean handling time of a contact, for the expected wait."""
        self.last_waits: dict[tuple[int, float], float] = {}
        """Waits of the customers answered last, by the channel's kind and the base priority."""
        self.looks_up = plan.knowledge_base
        """Knowledge that everybody has from the knowledge base."""

    def change(self, plan: GroupPlan) -> None:
        """Other rules hold for the group from now on."""
        self.plan, self.authority, self.handling_s = plan, plan.authority, plan.handling_s
        self.looks_up = plan.knowledge_base

    @property
    def standing(self) -> float:
        """How much authority the group has: its tier first, then its general limit."""
        return self.authority.standing

    def limit_for(self, kind: int) -> float:
        """The money an agent of this group may decide alone; below zero when never allowed."""
        return self.authority.limits[kind]

    def rank(self, reason: int) -> int:
        """How far down its list of preferred reasons the group puts a reason; -1 is before all."""
        ranks = self.plan.ranks
        return ranks.get(reason, len(ranks)) if ranks and reason >= 0 else 0


def groups_with_agents(plan: CentrePlan, people: tuple[AgentTraits, ...]) -> list[Group]:
    """The groups with their agents; the numbers of agents run through all groups."""
    by_mark = plan.agent_choice == "random"
    media = [Medium.VOICE]
    if plan.has_chats:
        media.append(Medium.CHAT)
    if plan.has_writing:
        media.append(Medium.WRITTEN)
    groups = [_group(each, media, by_mark=by_mark) for each in plan.groups]
    for number, traits in enumerate(people):
        group = groups[traits.group]
        agent = Agent(number, traits, group)
        if group.plan.barred:
            agent.barred = group.plan.barred[len(group.agents)]
        agent.resolution = solve_probability(plan.mean_solve, agent.knowledge)
        group.agents.append(agent)
    return groups


def _group(plan: GroupPlan, media: Sequence[Medium], *, by_mark: bool) -> Group:
    """A group without agents yet; those with nothing in hand stand in one order for all media."""
    idle: IdleByMedium
    if plan.barred or by_mark:
        idle = {
            medium: IdleBySkills(by_mark=by_mark) if plan.barred else IdleInNoOrder()
            for medium in media
        }
        return Group(plan, idle, tuple(idle.values()))
    free = IdleInOrder[Agent]()
    if len(media) == 1:
        return Group(plan, {media[0]: free}, (free,))
    return Group(plan, {medium: IdleInOrder(free) for medium in media}, (free,))
