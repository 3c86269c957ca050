"""Colours as different eyes see them."""

import numpy as np
from matplotlib.colors import to_rgb

EYES = {
    "ordinary": np.eye(3),
    "no cones for red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no cones for green": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no cones for blue": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""What eyes without one kind of cones see, on linear light (Machado, Oliveira and Fernandes, IEEE
Transactions on Visualization and Computer Graphics 15, 2009)."""

_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = np.array([0.9505, 1.0, 1.089])


def linear(colour: str) -> np.ndarray:
    """Red, green and blue as amounts of light."""
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    return float(_TO_XYZ[1] @ linear(colour))


def distance(one: str, other: str, eyes: str) -> float:
    """How far apart two colours are seen, in CIE 1976 L*a*b*."""
    here, there = (_lab(np.clip(EYES[eyes] @ linear(colour), 0.0, 1.0)) for colour in (one, other))
    return float(np.linalg.norm(here - there))


def _lab(light: np.ndarray) -> np.ndarray:
    x, y, z = _TO_XYZ @ light / _WHITE
    fx, fy, fz = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16.0 / 116.0 for v in (x, y, z))
    return np.array([116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz)])
