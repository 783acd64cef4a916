"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("askwell", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("askwell")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The invented network that the project ships."""
    return Path(__file__).parents[1] / "examples"
