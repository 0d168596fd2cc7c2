"""The confidence range for a share of all cables that match a query, from a random sample."""

from __future__ import annotations

from math import sqrt

_Z = 1.959964
"""The quantile of the normal distribution for a confidence of 95%."""


def share_range(number: int, size: int) -> tuple[float, float]:
    """Return the 95% range for a share that `number` of the `size` cables in a sample have.

    This is Wilson's score interval (1927), which also works for few cables and for none. It assumes
    that the sample is drawn from very many cables: if the sample is a large part of all cables, the
    range is wider than necessary. `size` is at least 1.
    """
    share, z_squared = number / size, _Z * _Z
    centre = share + z_squared / (2 * size)
    margin = _Z * sqrt(share * (1 - share) / size + z_squared / (4 * size * size))
    scale = 1 + z_squared / size
    low, high = (centre - margin) / scale, (centre + margin) / scale
    return max(min(low, share), 0.0), min(max(high, share), 1.0)  # rounding goes past the share
