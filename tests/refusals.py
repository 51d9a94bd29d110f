"""Reading what the database refused."""

import pytest
from django.db import IntegrityError


def constraint_of(refusal: pytest.ExceptionInfo[IntegrityError]) -> str:
    """The name of the constraint or trigger that said no."""
    return str(refusal.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]
