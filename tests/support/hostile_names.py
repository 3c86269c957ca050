"""Names, titles and signs that somebody else could take for mathematics, markup or orders."""

import json

NAMES = (
    *("50%", "#1", "a__b", "limit_$20", "[bold]x[/]", "<b>&amp;", "=1+1", "$x$", "_hidden"),
    *("{0}", "%s", "\\alpha", "-->]]>", "@SUM(A1)", "退款政策不用问老板", "سياسة الاسترداد"),
    *("🙂 smile", "политика", "x" * 60, "退" * 60),
)
"""Policies, as somebody might call them."""

CURRENCIES = ("$", "€", "kr_", "\\$", "$$", "[b]", "R$")

TITLE = "[b]Corner[/b] $a_1$ 100% <i>&"
REASON, GROUP, BOSS = "[red]$d_1$", "$front_%s", "#boss__{0}"

CONTROL = "\x1b]0;owned\x07"
"""Sets the title of the terminal's window."""


def scenario(names: tuple[str, ...] = NAMES, currency: str = "$") -> str:
    """A morning in a shop in which everything has a name of this kind, as TOML."""
    return "\n".join(
        [
            _SHOP.format(
                title=_quoted(TITLE),
                baseline=_quoted("_base $1"),
                currency=_quoted(currency),
                reason=_quoted(REASON),
                group=_quoted(GROUP),
                boss=_quoted(BOSS),
            ),
            *(_policy(name, limit) for limit, name in enumerate(names)),
        ]
    )


def _policy(name: str, limit: int) -> str:
    change = _quoted(f"authority.{_quoted('no$thing')}.limit")
    return (
        f"[policies.{_quoted(name)}]\ntitle = {_quoted(name)}\nchanges = {{ {change} = {limit} }}\n"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_SHOP = """\
title = {title}
baseline = {baseline}
opening.hours = "09:00-11:00"
costs.currency = {currency}

[reasons.{reason}]
title = {reason}
complaint = true
volume.per_day = 40
groups = [{group}]
patience_s.voice = {{ distribution = "exponential", mean = 90 }}
handling.voice.talk_s = {{ distribution = "exponential", mean = 240 }}
remedy.kinds = {{ "re$fund_" = 1.0 }}
remedy.money = {{ distribution = "uniform", low = 5, high = 40 }}

[reasons."_other {{0}}"]
volume.per_day = 30
groups = [{group}]
patience_s.voice = {{ distribution = "exponential", mean = 90 }}
handling.voice.talk_s = {{ distribution = "exponential", mean = 200 }}

[groups.{group}]
title = {group}
heads = 3
authority = "no$thing"
cost_per_hour = 24

[groups.{boss}]
tier = 2
heads = 1
authority = "all%"
own_work.hours_per_day = 1
cost_per_hour = 36

[authority."no$thing"]
limit = 0

[authority."all%"]
limit = 10_000

[escalation.beyond_authority]
steps = [{{ step = "ask_approver", group = {boss}, decision_s = 120, approval = 0.9 }}]
"""
