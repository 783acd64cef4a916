"""What all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No test touches the keyring of who runs it; those that need one bring their own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
# Chance is for those who develop: where the whole must hold, the same examples are tried each time.
must = bool(os.environ.get("CI") or os.environ.get("ASKWELL_ALL_TESTS"))
settings.register_profile(
    "askwell",
    deadline=None,
    derandomize=must,
    max_examples=60 if must else 100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("askwell")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The invented network that the project ships."""
    return Path(__file__).parents[1] / "examples"
