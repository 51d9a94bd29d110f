"""Resistant and refractory migraine: what was tried, what counts as failed, and what each published definition says.

No definition belongs to ICHD-3. They are answered side by side and always named. A status is confirmed by a clinician,
never by these rules.
"""
