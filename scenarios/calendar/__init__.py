"""The calendar: volume, opening hours and duty day by day."""
