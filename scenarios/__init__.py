"""The question: a contact centre, its customers, people and rules, and the policies to compare."""

from scenarios.checks.check import check, warnings
from scenarios.checks.problems import Problem, ScenarioError
from scenarios.files.editors import json_schema
from scenarios.library import about, list_scenarios, path_of
from scenarios.load import load, load_text
from scenarios.policies.change_texts import parse_change, parse_changes
from scenarios.policies.overrides import Overridden, override
from scenarios.policies.policy import apply, differences, policies_of, with_changes
from scenarios.register.assumptions import Assumed, AssumedUnder, assumptions, under_policies
from scenarios.schema import Policy, Scenario

__all__ = [
    "Assumed",
    "AssumedUnder",
    "Overridden",
    "Policy",
    "Problem",
    "Scenario",
    "ScenarioError",
    "about",
    "apply",
    "assumptions",
    "check",
    "differences",
    "json_schema",
    "list_scenarios",
    "load",
    "load_text",
    "override",
    "parse_change",
    "parse_changes",
    "path_of",
    "policies_of",
    "under_policies",
    "warnings",
    "with_changes",
]
