"""E-mails to staff about their account. A failing mail server never undoes what the e-mail tells about."""

import structlog
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from apps.accounts.models import User

log = structlog.get_logger(__name__)


def password_link(user: User, *, site: str) -> str:
    """The one-time address at which the person sets a password.

    Works once, for `settings.PASSWORD_RESET_TIMEOUT` seconds, and not after the account was changed or closed.
    `site` is the beginning of the clinic's address, like "https://clinic.example".
    """
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    return f"{site.rstrip('/')}{path}"


def link_days() -> int:
    """For how many days a one-time link works."""
    return settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def send_password_link(user: User, *, site: str) -> bool:
    """E-mail the one-time link to the person. False when the mail server did not take it; nothing else changes."""
    return _send("invitation", user.email, {"user": user, "link": password_link(user, site=site), "days": link_days()})


def tell_former_address(user: User, *, former: str) -> bool:
    """Tell the former address that the account moved, so that nobody loses an account without noticing."""
    return _send("moved", former, {"user": user})


def _send(name: str, to: str, context: dict[str, object]) -> bool:
    context = {"clinic": settings.CLINIC_NAME, "telephone": settings.CLINIC_TELEPHONE, **context}
    subject = " ".join(render_to_string(f"accounts/email/{name}_subject.txt", context).split())
    body = render_to_string(f"accounts/email/{name}_message.txt", context)
    try:
        return bool(EmailMessage(subject, body, to=[to]).send())
    except Exception as problem:  # noqa: BLE001 - mail servers fail in every way there is; the page says so
        log.warning("email_not_sent", letter=name, problem=type(problem).__name__)
        return False
