"""What must be answered before a visit is signed. Apps on higher floors register who says it; this floor knows none."""

from collections.abc import Callable
from dataclasses import dataclass

from apps.accounts.models import User
from apps.patients.models import Visit


@dataclass(frozen=True)
class OpenQuestion:
    """Something open that keeps a visit from being signed, and the page where it is answered."""

    title: str
    text: str
    url: str
    action: str


OpenQuestionProvider = Callable[[Visit, User], list[OpenQuestion]]
_providers: list[OpenQuestionProvider] = []


def register_open_question(provider: OpenQuestionProvider) -> None:
    """Let an app name what is open before a visit is signed: called once, when that app is ready. One query at most.

    The provider only says it in time; what refuses the signature is a rule of the database.
    """
    if provider not in _providers:
        _providers.append(provider)


def open_questions_for(visit: Visit, user: User) -> list[OpenQuestion]:
    """Everything that keeps a visit from being signed, in the order in which the apps registered."""
    return [question for provider in _providers for question in provider(visit, user)]
