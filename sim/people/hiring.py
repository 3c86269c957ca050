"""Hiring: vacant places are gathered into classes, people are looked for, hired and trained."""

from __future__ import annotations

from scenarios.parts.methodology import Hiring


class Vacancies:
    """The vacant places of one group and the classes that will fill them."""

    def __init__(self, hiring: Hiring | None) -> None:
        self._hiring = hiring
        self._gathered: list[int] = []
        self._classes: list[tuple[int, list[int]]] = []

    def change(self, hiring: Hiring | None) -> None:
        """Look for people by other rules from now on; who was found already comes as planned."""
        self._hiring = hiring

    def opens(self, place: int) -> None:
        """A place is vacant and waits for its class to be full."""
        self._gathered.append(place)

    def look_for_all(self, day: int) -> None:
        """Look for people for all places gathered, whether they fill a class or not."""
        if self._gathered:
            self._look_for(day, len(self._gathered))

    def filled(self, day: int) -> list[int]:
        """Places whose new people have their first paid day."""
        hiring = self._hiring
        if hiring is None:
            return []
        while len(self._gathered) >= hiring.class_size:
            self._look_for(day, hiring.class_size)
        places = [place for due, places in self._classes if due <= day for place in places]
        self._classes = [one for one in self._classes if one[0] > day]
        return places

    def _look_for(self, day: int, heads: int) -> None:
        assert self._hiring is not None  # nobody looks for people otherwise
        due = day + round(self._hiring.lead_time_weeks * 7)
        self._classes.append((due, self._gathered[:heads]))
        self._gathered = self._gathered[heads:]
