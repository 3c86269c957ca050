"""The least number for which something holds."""

from collections.abc import Callable


def least(holds: Callable[[int], bool], too_few: int) -> int:
    """Smallest whole number above `too_few` for which a statement holds that then stays true."""
    step = 1
    while not holds(too_few + step):
        too_few, step = too_few + step, 2 * step
    enough = too_few + step
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if holds(middle):
            enough = middle
        else:
            too_few = middle
    return enough
