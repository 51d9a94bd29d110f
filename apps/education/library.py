"""The clinic's leaflets, read once a process; a new or changed file is there after a restart."""

import functools

from apps.education.reader import Leaflet, read_leaflets


@functools.cache
def library() -> dict[str, Leaflet]:
    """All leaflets by key, in the order of their titles. Raises LeafletError."""
    return {leaflet.key: leaflet for leaflet in read_leaflets()}


def leaflet_of(key: str) -> Leaflet | None:
    """The leaflet with a key like "keeping-the-diary.en", None when there is none."""
    return library().get(key)
