"""Live: a run that can be paused, stepped, sped up, watched and changed; frozen snapshots."""

from sim.live.as_policy import AsPolicy, as_policy
from sim.live.changes import Announce, CallIn, Change, ChangeError, Made, SendAgents, SetLimit
from sim.live.moments import TOPIC_OF, Moment, Topic, What
from sim.live.run import LiveRun, replay
from sim.live.snapshots import (
    ApprovalView,
    Curves,
    Doing,
    GroupView,
    PromisesView,
    QueueView,
    Snapshot,
    StoryView,
)

__all__ = [
    "TOPIC_OF",
    "Announce",
    "ApprovalView",
    "AsPolicy",
    "CallIn",
    "Change",
    "ChangeError",
    "Curves",
    "Doing",
    "GroupView",
    "LiveRun",
    "Made",
    "Moment",
    "PromisesView",
    "QueueView",
    "SendAgents",
    "SetLimit",
    "Snapshot",
    "StoryView",
    "Topic",
    "What",
    "as_policy",
    "replay",
]
