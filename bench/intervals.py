"""Shares with their uncertainty."""

from __future__ import annotations

import math


def wilson(right: int, of: int) -> str:
    """A share with its 95 % interval (Wilson 1927), as `0.912 [0.88, 0.94] (103/113)`."""
    if not of:
        return "– (0/0)"
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{share:.3f} [{max(0.0, middle - half):.3f}, {min(1.0, middle + half):.3f}] ({right:,}/{of:,})"
