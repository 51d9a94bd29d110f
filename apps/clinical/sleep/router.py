"""The sleep screen as a whole: every disorder is asked, each answers for itself."""

from apps.clinical.sleep.apnoea import apnoea
from apps.clinical.sleep.circadian import circadian
from apps.clinical.sleep.dream_enactment import dream_enactment
from apps.clinical.sleep.facts import Route, SleepFacts
from apps.clinical.sleep.hypersomnia import hypersomnia
from apps.clinical.sleep.insomnia import insomnia
from apps.clinical.sleep.limb_movement import limb_movement, restless_legs


def sleep_routes(facts: SleepFacts) -> tuple[Route, ...]:
    """Give the five disorders, and beside them restless legs and dream enactment, those that are suspected first."""
    routes = (
        apnoea(facts),
        insomnia(facts),
        hypersomnia(facts),
        limb_movement(facts),
        restless_legs(facts),
        circadian(facts),
        dream_enactment(facts),
    )
    return tuple(sorted(routes, key=lambda route: not route.suspected))
