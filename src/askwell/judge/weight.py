"""W = D + P + R: how heavily an ask falls on this person (Brown & Levinson; MODEL.md 3.4)."""

from __future__ import annotations

from dataclasses import dataclass

from askwell.judge.imposition import ceiling
from askwell.ledger.rapport import Rapport


@dataclass(frozen=True, slots=True)
class Weight:
    """`distance` 0 to 4, `power` 0 to 2, `imposition` 0 to 10 and `ceiling`, the most that the stage bears.

    `band` says how the ask should be put: plain; polite (could-form and a reason); full (thanks first,
    a reason, one ask, an offer, an easy way out); or not_yet.
    """

    distance: float
    power: float
    imposition: float
    ceiling: float

    @property
    def total(self) -> float:
        return self.distance + self.power + self.imposition

    @property
    def too_big(self) -> bool:
        return self.imposition > self.ceiling + 1e-9

    @property
    def band(self) -> str:
        if self.too_big or self.total > 10:
            return "not_yet"
        return "plain" if self.total <= 4 else "polite" if self.total <= 7 else "full"

    @property
    def components(self) -> tuple[tuple[str, float], ...]:
        return (
            ("distance", round(self.distance, 1)),
            ("power", round(self.power, 1)),
            ("imposition", round(self.imposition, 1)),
            ("weight", round(self.total, 1)),
            ("most_it_bears", self.ceiling),
        )


def weigh(imposition: float, rapport: Rapport, say: float = 1.0, language: str = "en") -> Weight:
    """Hold an imposition against a relationship. `say` (0 to 2) counts half in Norwegian (MODEL.md 2f)."""
    distance = 4 * (1 - rapport.score / 100)
    if rapport.stage == "dormant":
        distance = min(4.0, distance + 0.5)
    power = max(0.0, min(2.0, say)) * (0.5 if language in ("nb", "nn") else 1.0)
    return Weight(distance, power, imposition, ceiling(rapport.stage, rapport.was))
