"""What one described attack shows of ICHD-3 1.1 and 1.2. Each answer is yes, no or not known.

A feature that nobody asked about is not known; it is never taken as absent.
"""

from datetime import timedelta

from apps.clinical.diary import AcuteUse, Attack, DayState, DiaryDay, OveruseClass, Relief
from apps.clinical.headache_days import MODERATE
from apps.clinical.three_valued import at_least, every, some

# ICHD-3 1.1, criterion C: two of four characteristics.
CHARACTERISTICS_NEEDED = 2

# ICHD-3 1.2: an aura symptom lasts 5 to 60 minutes.
AURA_FROM_MINUTES = 5
AURA_TO_MINUTES = 60

_HOURS_A_DAY = 24


def attacks_on(entry: DiaryDay) -> tuple[Attack, ...]:
    """The attacks of a day; a headache day on which none was described has one of which only the pain is known."""
    if entry.attacks or entry.state is not DayState.HEADACHE:
        return entry.attacks
    return (Attack(entry.day, entry.day, severity=entry.severity),)


def characteristics(attack: Attack, entry: DiaryDay) -> bool | None:
    """Criterion C of 1.1: two of one-sided, pulsating, moderate or severe, worse with activity."""
    return at_least(
        CHARACTERISTICS_NEEDED,
        (attack.unilateral, attack.pulsating, _moderate_or_severe(attack, entry), attack.worse_with_activity),
    )


def accompanied(attack: Attack) -> bool | None:
    """Criterion D of 1.1: nausea or vomiting, or both light and noise disturb."""
    return some((attack.nausea, attack.vomiting, every((attack.photophobia, attack.phonophobia))))


def lasted(attack: Attack, hours: float) -> bool | None:
    """Say whether the attack lasted at least so long; without times its dates may settle it."""
    if attack.hours is not None:
        return attack.hours >= hours
    # The whole days between the first and the last one were certainly filled.
    between = (attack.last_day - attack.first_day - timedelta(days=1)).days
    return True if between * _HOURS_A_DAY >= hours else None


def typical_aura(attack: Attack) -> bool | None:
    """An aura of 5 to 60 minutes; one whose length was not asked leaves it open."""
    if not attack.aura or attack.aura_minutes is None:
        return False if attack.aura is False else None
    return AURA_FROM_MINUTES <= attack.aura_minutes <= AURA_TO_MINUTES


def treated(entry: DiaryDay) -> bool | None:
    """Say whether any acute medicine was taken on that day."""
    return True if entry.taken_for_headache else _none_besides(entry)


def migraine_specific_taken(entry: DiaryDay) -> bool | None:
    """Say whether a triptan, ergot derivative, gepant or ditan was taken on that day, whatever it did."""
    if any(use.migraine_specific for use in entry.taken_for_headache):
        return True
    return None if _unidentified(entry) else _none_besides(entry)


def is_triptan_or_ergot(use: AcuteUse) -> bool:
    """Triptans and ergot derivatives, the two of which ICHD-3 1.3 asks for relief."""
    return bool({use.overuse_class, use.also_class} & {OveruseClass.TRIPTAN, OveruseClass.ERGOTAMINE})


def triptan_or_ergot_relieved(entry: DiaryDay) -> bool | None:
    """Say whether a triptan or ergot derivative brought at least some relief; not asked leaves it open."""
    effects = [_relieved(use) for use in entry.taken_for_headache if is_triptan_or_ergot(use)]
    others = None if _unidentified(entry) else _none_besides(entry)
    return some((*effects, others))


def _relieved(use: AcuteUse) -> bool | None:
    return None if use.relief is None else use.relief is not Relief.NONE


def _moderate_or_severe(attack: Attack, entry: DiaryDay) -> bool | None:
    if attack.severity is not None:
        return attack.severity >= MODERATE
    if entry.severity is None or (entry.severity >= MODERATE and len(entry.attacks) > 1):
        # The day's worst pain belongs to one of several attacks, nobody knows which.
        return None
    return entry.severity >= MODERATE


def _unidentified(entry: DiaryDay) -> bool:
    return any(use.overuse_class is OveruseClass.NOT_IDENTIFIED for use in entry.taken_for_headache)


def _none_besides(entry: DiaryDay) -> bool | None:
    """No more than what is listed was taken, or not known."""
    return False if entry.acute_known else None
