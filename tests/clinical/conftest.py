"""Property tests here are short sums: no deadline, the same examples on every machine."""

from hypothesis import settings

settings.register_profile("clinic", deadline=None, derandomize=True, database=None, max_examples=120)
settings.load_profile("clinic")
