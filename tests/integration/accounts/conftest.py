"""Shared by the tests of staff accounts."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.fixtures.people import People


@pytest.fixture
def managing(people: People, client_of: Callable[..., Client]) -> Client:
    """A client in which the manager is signed in."""
    return client_of(people.manager)
