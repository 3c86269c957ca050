"""The question: a contact centre, its customers, people and rules, and the policies to compare."""

from scenarios.assumptions import Assumed, Standing, assumptions, under_policies
from scenarios.check import check, warnings
from scenarios.checks.problems import Problem, ScenarioError
from scenarios.editors import json_schema
from scenarios.library import about, list_scenarios, path_of
from scenarios.load import load, load_text
from scenarios.policy import apply, differences, parse_change, policies_of, with_changes
from scenarios.schema import Policy, Scenario

__all__ = [
    "Assumed",
    "Policy",
    "Problem",
    "Scenario",
    "ScenarioError",
    "Standing",
    "about",
    "apply",
    "assumptions",
    "check",
    "differences",
    "json_schema",
    "list_scenarios",
    "load",
    "load_text",
    "parse_change",
    "path_of",
    "policies_of",
    "under_policies",
    "warnings",
    "with_changes",
]
