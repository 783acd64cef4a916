"""What all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No test touches the keyring of who runs it; those that need one bring their own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
settings.register_profile("askwell", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("askwell")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The invented network that the project ships."""
    return Path(__file__).parents[1] / "examples"
