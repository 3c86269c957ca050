"""The question: a contact centre, its customers, people and rules, and the policies to compare."""
