"""When questionnaires are due in this clinic: the suggested schedule with the clinic's own changes."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from apps.clinical.instruments import all_instruments
from apps.clinical.schedule import DEFAULT_SCHEDULE, Rhythm, Scheduled
from apps.screening.offered import offered_instruments

OFF = "off"


def clinic_schedule() -> tuple[Scheduled, ...]:
    """What is due when, as far as it can be asked here; changed by `SCREENING_SCHEDULE`.

    Raises ImproperlyConfigured, naming the part, for an instrument or a rhythm that does not exist.
    """
    by_code = {each.code: each for each in DEFAULT_SCHEDULE}
    for code, rhythm in _changes(settings.SCREENING_SCHEDULE):
        if rhythm is None:
            by_code.pop(code, None)
        else:
            before = by_code.get(code)
            by_code[code] = Scheduled(code, rhythm, only_when=before.only_when if before else "")
    asked = {found.code for found in offered_instruments()}
    return tuple(each for each in by_code.values() if each.code in asked)


def _changes(setting: str) -> list[tuple[str, Rhythm | None]]:
    return [_change(part.strip()) for part in setting.split(",") if part.strip()]


def _change(part: str) -> tuple[str, Rhythm | None]:
    code, _, rhythm = (piece.strip() for piece in part.partition("="))
    if code not in {found.code for found in all_instruments()}:
        raise ImproperlyConfigured(f"SCREENING_SCHEDULE: no questionnaire is called {code!r} in {part!r}.")
    if rhythm != OFF and rhythm not in set(Rhythm):
        known = ", ".join([*Rhythm, OFF])
        raise ImproperlyConfigured(f"SCREENING_SCHEDULE: {part!r} needs one of {known}.")
    return code, None if rhythm == OFF else Rhythm(rhythm)
