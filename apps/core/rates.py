"""Counting how often something happens, in the cache that all processes share."""

import time

from django.core.cache import cache


def over_limit(what: str, *, limit: int, seconds: int) -> bool:
    """Count one more of `what` and say whether there were more than `limit` within the running stretch of `seconds`.

    Stretches begin at fixed times, so that two short ones can follow each other. Two processes that count in the same
    instant may count one: it is a brake, not an account.
    """
    key = _key(what, seconds)
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > limit
    except ValueError:
        # Forgotten between the two lines: the stretch has just ended.
        return False


def at_limit(what: str, *, limit: int, seconds: int) -> bool:
    """Whether `limit` is reached, without counting."""
    return int(cache.get(_key(what, seconds), 0)) >= limit


def _key(what: str, seconds: int) -> str:
    return f"rate:{what}:{seconds}:{int(time.time()) // seconds}"
