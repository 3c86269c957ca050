"""The parts of a scenario, as they are written: customers, people, rules, and what they share."""
