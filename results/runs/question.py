"""A question in SQL: one, and what is to be said of its answer's columns."""

from __future__ import annotations

from collections.abc import Sequence

from results.errors import ExperimentError

UNSHOWABLE = (
    "The question cannot be answered: a value in the answer is larger than a time or an interval "
    "can be here. Ask for it as text: cast(column as varchar)."
)


def refuse_unless_one(sql: str) -> None:
    """Refuse what is not one question.

    Raises:
        ExperimentError: there is none, there are several, or it is no text.
    """
    import duckdb

    try:
        sql.encode()
        count = len(duckdb.extract_statements(sql))
    except UnicodeEncodeError as error:
        raise ExperimentError("The question is not UTF-8 and cannot be read.") from error
    except duckdb.Error:
        return  # The answer says what is wrong with it.
    if count == 0:
        raise ExperimentError(
            'Nothing is asked: give one question, "select * from runs" for example.'
        )
    if count > 1:
        raise ExperimentError(f"These are {count} questions: ask one at a time.")


def of_columns(names: Sequence[str], columns: Sequence[str]) -> list[str]:
    """What is to be known of columns that had one name."""
    renamed = [new for old, new in zip(names, columns, strict=True) if old != new]
    several = f"Several columns had one name; these are now called {', '.join(renamed)}."
    return [several] if renamed else []
