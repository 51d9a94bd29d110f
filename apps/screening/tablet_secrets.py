"""What opens a tablet: a short code that is typed once, and the long secret that the tablet keeps as a cookie."""

import hashlib
import secrets
from typing import Final

from django.utils.crypto import salted_hmac

CODE_DIGITS: Final = 6
_SECRET_BYTES: Final = 32


def new_code() -> str:
    """Six digits, also with zeros in front."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def new_secret() -> str:
    """A secret of 256 bits that nobody guesses."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def code_hash(code: str) -> str:
    """What is kept of a code. Keyed, because a million codes are tried in a second by whoever reads the table."""
    return salted_hmac("apps.screening.tablet.code", code, algorithm="sha256").hexdigest()


def secret_hash(secret: str) -> str:
    """What is kept of a tablet's secret, which is too long to be tried."""
    return hashlib.sha256(secret.encode()).hexdigest()
