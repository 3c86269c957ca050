"""What holds in any centre whose callers give up, and that the numbers survive extremes."""

import math
import subprocess
import sys
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import gammainc

from results.formulas.erlang import erlang_b, erlang_c
from results.formulas.patience_law import ExponentialPatience, PatienceFromSurvival
from results.formulas.patience_queue import PatienceQueue, erlang_a, patience_queue

AHT_S = 300.0
# Two exact ways to one figure, each rounded some thousand times.
ROUNDING = 1e-9

centres = st.fixed_dictionaries(
    {
        "contacts_per_hour": st.floats(1, 3000),
        "aht_s": st.floats(20, 1200),
        "agents": st.integers(1, 300),
        "mean_patience_s": st.floats(1, 7200),
        "target_s": st.floats(0, 300),
    }
)


def approx(value: float, rel: float = ROUNDING) -> Any:
    return pytest.approx(value, rel=rel, abs=1e-300)


def markov_chain(load: float, agents: int, patience_s: float) -> tuple[float, float, float]:
    """p_wait, abandonment and mean queue from the states of the chain, summed in logarithms."""
    arrivals, giving_up = load / AHT_S, 1 / patience_s
    longest = max(0.0, load - agents) / AHT_S * patience_s
    spread = 40 * math.sqrt(agents + arrivals * patience_s)
    state = np.arange(int(agents + longest + spread) + 1000)
    deaths = np.minimum(state, agents) / AHT_S + np.maximum(state - agents, 0) * giving_up
    logs = np.concatenate([[0.0], np.cumsum(np.log(arrivals / deaths[1:]))])
    chances = np.exp(logs - logs.max())
    chances /= chances.sum()
    queue = float(chances @ np.maximum(state - agents, 0))
    return float(chances[agents:].sum()), queue * giving_up / arrivals, queue


@pytest.mark.parametrize("patience_s", [1.0, 180.0, 3000.0, 2e4])
@pytest.mark.parametrize("occupancy", [0.8, 0.98, 1.0, 1.02, 1.5, 10.0])
@pytest.mark.parametrize("agents", [1, 50, 5000])
def test_erlang_a_is_the_markov_chain_for_one_agent_or_five_thousand(
    agents: int, occupancy: float, patience_s: float
) -> None:
    load = occupancy * agents
    answer = erlang_a(load * 3600 / AHT_S, AHT_S, agents, patience_s)
    p_wait, abandonment, mean_queue = markov_chain(load, agents, patience_s)
    assert answer.p_wait == approx(p_wait)
    assert answer.abandonment == approx(abandonment)
    assert answer.mean_queue == approx(mean_queue)


@pytest.mark.parametrize("occupancy", [0.95, 1.0, 1.2])
@pytest.mark.parametrize("agents", [10, 200, 5000])
def test_the_share_out_of_the_queue_by_the_target_has_a_closed_form(
    agents: int, occupancy: float
) -> None:
    # P(V > t, T > t) / P(V > 0) in incomplete gamma functions, where these neither over- nor
    # underflow (Zeltyn & Mandelbaum 2005, with the substitution u = λ T exp(-t / T)).
    patience_s, target_s = 240.0, 30.0
    answer = erlang_a(occupancy * agents * 3600 / AHT_S, AHT_S, agents, patience_s, target_s)
    served = agents / AHT_S * patience_s
    offered = occupancy * served
    ready = math.exp(-target_s / patience_s)
    still = answer.p_wait * gammainc(served, offered * ready) / gammainc(served, offered) * ready
    assert answer.sl_credit_short == approx(1 - still)


@given(centre=centres)
def test_those_who_abandon_are_the_mean_wait_over_the_mean_patience(centre: Any) -> None:
    answer = erlang_a(**centre)
    assert answer.abandonment == approx(answer.wait_all / centre["mean_patience_s"], rel=1e-7)


@given(centre=centres)
def test_measures_are_shares_and_keep_their_order(centre: Any) -> None:
    answer = erlang_a(**centre)
    almost_one = 1 + ROUNDING
    assert 0 <= answer.abandoned_in_target <= answer.abandonment * almost_one
    assert answer.abandonment <= answer.p_wait * almost_one, "only those who wait abandon"
    assert 0 <= answer.occupancy <= 1
    assert answer.service_level <= answer.sl_excl_short <= answer.sl_answered * almost_one
    assert answer.service_level <= answer.sl_credit_short <= almost_one
    assert answer.sl_answered <= almost_one
    assert 1 - answer.p_wait <= answer.service_level + ROUNDING, "who need not wait is in time"


@given(centre=centres)
def test_one_more_agent_shortens_every_wait(centre: Any) -> None:
    fewer, more = erlang_a(**centre), erlang_a(**centre | {"agents": centre["agents"] + 1})
    almost_one = 1 + ROUNDING
    assert more.p_wait <= fewer.p_wait * almost_one
    assert more.wait_all <= fewer.wait_all * almost_one
    assert more.asa <= fewer.asa * almost_one
    assert more.abandonment <= fewer.abandonment * almost_one
    assert more.occupancy <= fewer.occupancy * almost_one
    assert more.service_level * almost_one >= fewer.service_level


@given(centre=centres, longer=st.floats(1, 60))
def test_a_longer_target_is_met_more_often(centre: Any, longer: float) -> None:
    short, long = erlang_a(**centre), erlang_a(**centre | {"target_s": centre["target_s"] + longer})
    assert long.service_level >= short.service_level * (1 - ROUNDING)
    assert long.p_wait == approx(short.p_wait), "the target is a line on paper, not in the queue"
    assert long.asa == approx(short.asa)


@given(occupancy=st.floats(0.05, 0.97), agents=st.integers(1, 200))
def test_callers_of_endless_patience_make_erlang_c(occupancy: float, agents: int) -> None:
    contacts = occupancy * agents * 3600 / AHT_S
    patient, endless = erlang_a(contacts, AHT_S, agents, 1e11), erlang_c(contacts, AHT_S, agents)
    # The wait, up to 1e4 s, is a ten-millionth of the patience; the few who give up spare the
    # others some 1 / (1 - 0.97) times as much.
    assert patient.p_wait == approx(endless.p_wait, rel=1e-5)
    assert patient.asa == approx(endless.asa, rel=1e-5)
    assert patient.service_level == approx(endless.service_level, rel=1e-5)


@given(load=st.floats(0.1, 300), agents=st.integers(1, 200))
def test_callers_without_patience_make_erlang_b(load: float, agents: int) -> None:
    answer = erlang_a(load * 3600 / AHT_S, AHT_S, agents, mean_patience_s=1e-6)
    # Within a millionth of a second an agent gets free with a chance of at most agents × 1e-8.
    assert answer.abandonment == approx(erlang_b(load, agents), rel=1e-5)
    assert answer.asa < 1e-5


@pytest.mark.parametrize("beta", [-1.0, 0.0, 1.0])
def test_a_very_large_centre_comes_close_to_the_limit_of_garnett_mandelbaum_and_reiman(
    beta: float,
) -> None:
    # P(wait) -> 1 / (1 + √(θ/μ) h(β √(μ/θ)) / h(-β)), h the hazard of the normal distribution
    # (2002, theorem 2); a centre of 5,000 agents misses it by the order of 1 / √5000.
    load, patience_s = 5000.0, 120.0
    agents = round(load + beta * math.sqrt(load))
    given_beta = (agents - load) / math.sqrt(load)
    ratio = math.sqrt(AHT_S / patience_s)

    def hazard(x: float) -> float:
        return float(stats.norm.pdf(x) / stats.norm.sf(x))

    limit = 1 / (1 + ratio * hazard(given_beta / ratio) / hazard(-given_beta))
    answer = erlang_a(load * 3600 / AHT_S, AHT_S, agents, patience_s)
    assert answer.p_wait == pytest.approx(limit, abs=0.5 / math.sqrt(load))


OBSERVED_S = np.linspace(4.7, 301.3, 60)  # when each of sixty callers gave up

LAWS: dict[str, Any] = {
    "exponential": (stats.expon(scale=300).sf, ()),
    "weibull of real callers": (stats.weibull_min(0.909, scale=389).sf, ()),
    "weibull with a steep start": (stats.weibull_min(0.3, scale=100).sf, ()),
    "lognormal": (stats.lognorm(1.5, scale=120).sf, ()),
    "heavy tail": (lambda waited: (1 + waited / 50) ** -1.2, ()),
    "fixed": (lambda waited: np.where(waited < 180, 1.0, 0.0), (180,)),
    "as observed, step by step": (
        lambda waited: 1 - np.searchsorted(OBSERVED_S, waited, side="right") / 60,
        tuple(OBSERVED_S),
    ),
    "a tenth hang up immediately": (lambda waited: 0.9 * np.exp(-waited / 1000), ()),
    "two announcements": (
        lambda waited: np.select([waited < 30, waited < 300], [1.0, 0.6], 0.0),
        (30, 300),
    ),
}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("load", [0.3, 1.0, 3.0])
def test_a_single_agent_is_busy_exactly_as_often_as_callers_must_wait(
    law: str, load: float
) -> None:
    # Occupancy is counted from those answered, p_wait from those arriving: two different integrals.
    survival, breaks_s = LAWS[law]
    answer = patience_queue(load * 3600 / AHT_S, AHT_S, 1, survival, breaks_s=breaks_s)
    assert answer.occupancy == approx(answer.p_wait)


@pytest.mark.parametrize("agents", [1, 60, 900])
@pytest.mark.parametrize("occupancy", [0.7, 1.0, 1.4])
def test_exponential_patience_given_as_a_curve_is_erlang_a(agents: int, occupancy: float) -> None:
    contacts = occupancy * agents * 3600 / AHT_S
    curve = patience_queue(contacts, AHT_S, agents, stats.expon(scale=150).sf)
    formula = erlang_a(contacts, AHT_S, agents, 150)
    for name in PatienceQueue.__slots__:
        assert getattr(curve, name) == approx(getattr(formula, name)), name


def test_callers_with_the_same_patience_never_abandon_sooner() -> None:
    law = {"survival": LAWS["fixed"][0], "breaks_s": LAWS["fixed"][1]}
    assert patience_queue(1200, 180, 60, **law, target_s=179).abandoned_in_target == 0
    late = patience_queue(1200, 180, 60, **law, target_s=180)
    assert late.abandoned_in_target == approx(late.abandonment)
    assert late.sl_answered == approx(1)


def test_the_mean_wait_up_to_an_offer_is_the_area_under_the_survival_curve() -> None:
    shape, scale = 0.909, 389.0
    law = PatienceFromSurvival(stats.weibull_min(shape, scale=scale).sf)
    offered = np.array([0.0, 0.1, 10.0, 300.0, 5000.0])
    # ∫ exp(-(x/b)^k) from 0 to t is b Γ(1 + 1/k) P(1/k, (t/b)^k), P the regularised gamma function.
    exact = scale * math.gamma(1 + 1 / shape) * gammainc(1 / shape, (offered / scale) ** shape)
    assert law.mean_wait_up_to(offered) == pytest.approx(exact, rel=ROUNDING)


def test_patient_callers_wait_out_a_short_offer() -> None:
    # x - x² / 2T: with 1 - exp(-x / T) worked out by subtraction half of the digits would be gone.
    waited = ExponentialPatience(1e6).mean_wait_up_to(np.array([0.01]))
    assert waited[0] == pytest.approx(0.01 - 0.01**2 / 2e6, rel=1e-14)


def test_impatient_callers_shield_the_others_from_waiting() -> None:
    waits = [erlang_a(600, 300, 50, patience_s).asa for patience_s in (30, 120, 600, 3600)]
    assert all(shorter < longer for shorter, longer in pairwise(waits))


def test_callers_who_never_give_up_and_are_too_many_are_refused() -> None:
    with pytest.raises(ValueError, match=r"3 erlangs are offered to 1 agents.*never give up"):
        patience_queue(36, 300, 1, lambda waited: 0.5 + 0.5 * np.exp(-waited / 100))


@pytest.mark.parametrize(
    ("survival", "complaint"),
    [
        (lambda waited: 1 - np.exp(-waited / 60), "not its distribution function"),
        (lambda waited: 100 * np.exp(-waited / 60), "must give shares from 0 to 1"),
        (lambda _: np.array([0.5]), "gives 1 values for 2 waits"),
    ],
)
def test_a_curve_that_is_no_survival_function_is_refused(survival: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        patience_queue(100, 300, 9, survival)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"mean_patience_s": 0}, "mean_patience_s is 0, but it must be a finite number above 0"),
        ({"agents": 0}, "agents is 0, but it must be at least 1"),
        ({"contacts_per_hour": -5}, "contacts_per_hour is -5, but it must be a finite number of"),
        ({"target_s": math.inf}, "target_s is inf, but it must be a finite number of 0 or more"),
    ],
)
def test_a_number_that_cannot_be_is_refused(change: dict[str, Any], complaint: str) -> None:
    centre = {"contacts_per_hour": 100, "aht_s": 300, "agents": 9, "mean_patience_s": 180}
    with pytest.raises(ValueError, match=complaint):
        erlang_a(**centre | change)


def test_erlang_a_answers_without_loading_an_integration_library() -> None:
    script = (
        "import sys; from results.formulas.staffing import Target, agents_needed; "
        "agents_needed(200, 180, Target(service_level=0.8), mean_patience_s=120); "
        "print('scipy.integrate' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False", "it costs a command line most of a second"
