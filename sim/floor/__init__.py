"""The floor: agents, who is free, who takes what, the queues and the lines."""
