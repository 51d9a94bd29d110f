"""The demo clinic: invented people around published headache diaries. Loaded only where settings.DEMO is on.

It stands on the top floor because it uses every app, and only through their services. All choices come from a fixed
seed: the same date gives the same clinic.
"""
