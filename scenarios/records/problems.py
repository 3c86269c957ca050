"""Problems of records, for the person who exported them."""

from scenarios.checks.problems import Problem, ScenarioError


class RecordsError(ScenarioError):
    """Records that cannot be used, with every problem that was found in them."""

    def __str__(self) -> str:
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        return "\n".join([f"{head} in the records:", *map(str, self.problems)])


def refused(file: str, rule: str, hint: str = "", line: int | None = None) -> RecordsError:
    """An error about a whole file, or a line of it."""
    return RecordsError([Problem(file, "", None, rule, hint, line)])
