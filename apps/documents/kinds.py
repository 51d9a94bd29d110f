"""Which kinds of document exist. Each app registers its own in AppConfig.ready; this floor knows none by name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from apps.accounts.permissions import Permission

Content = dict[str, Any]


def _unchanged(content: Content) -> Content:
    return content


@dataclass(frozen=True)
class DocumentKind:
    """How one kind of document is drawn and who may read it.

    `template` draws the body, without html or head, beginning at heading level 2; the same body is shown on the
    page and printed. It receives what `context` makes of the frozen content, and beside it `about` (the patient as
    frozen), `asked` (who asked, when) and `document`.
    """

    code: str
    label: str
    template: str
    context: Callable[[Content], Content] = field(default=_unchanged)
    may_read: Permission = Permission.READ_DOCUMENT


class UnknownKind(LookupError):
    """No app has registered this kind of document."""


_kinds: dict[str, DocumentKind] = {}


def register_kind(
    code: str,
    label: str,
    template: str,
    *,
    context: Callable[[Content], Content] = _unchanged,
    may_read: Permission = Permission.READ_DOCUMENT,
) -> DocumentKind:
    """Make a kind of document known; called once by each app that has one.

    Raises ValueError when the code is taken by another kind.
    """
    kind = DocumentKind(code, label, template, context, may_read)
    if _kinds.get(code, kind) != kind:
        raise ValueError(f"The kind of document {code!r} is registered already.")
    _kinds[code] = kind
    return kind


def kind_of(code: str) -> DocumentKind:
    """The registered kind. Raises UnknownKind."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(f"No kind of document is called {code!r}.") from None


def label_of_kind(code: str) -> str:
    """The kind's name for people; its code when no app knows it any more."""
    kind = _kinds.get(code)
    return kind.label if kind else code


def readable_kinds(may: Callable[[Permission], bool]) -> list[str]:
    """The codes of the kinds that somebody may read, by their own answer to each kind's permission."""
    return [kind.code for kind in _kinds.values() if may(kind.may_read)]
