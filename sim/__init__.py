"""The floor: one replication of a contact centre, from the first arrival to the last goodbye."""
