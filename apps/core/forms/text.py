"""What typed text may contain. Refused characters are named in the message, so that they can be found and removed."""

import unicodedata

from django.core.exceptions import ValidationError

ALLOWED_CONTROLS = frozenset("\n\r\t")


def refuse_unstorable_text(value: str) -> None:
    """Refuse control characters, NUL included, and halves of surrogate pairs.

    They come from copying out of other programs, can't be seen, and either can't be stored in PostgreSQL or would
    break a printed document. Line ends and tabs are fine.

    Raises ValidationError naming the character's code and its place in the text.
    """
    for place, character in enumerate(value, start=1):
        if character in ALLOWED_CONTROLS:
            continue
        if unicodedata.category(character) in {"Cc", "Cs"}:
            raise ValidationError(
                "Remove the invisible character (code U+%(code)s) at position %(place)s, then save again.",
                code="unstorable_text",
                params={"code": f"{ord(character):04X}", "place": place},
            )
