"""The clinic's rule book: plain Python that a clinician can read.

Nothing here knows of Django, the database or the clock. "Today" is always an argument, missing
diary days are never headache-free days, and every rule answers with a Finding that says what was
counted, what is missing and which source it follows.
"""
