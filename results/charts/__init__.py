"""Charts: what the policies of an experiment do, in pictures that a manager reads at a glance.

Each chart is a module with ``draw(view)``, which gives a figure, or None where the scenario has
nothing to show. Figures are made with matplotlib's objects on a canvas in memory: no screen, no
state that another thread could see. matplotlib is loaded when the first chart is drawn.
"""
