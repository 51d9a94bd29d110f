"""Sleep disorders that keep migraine going: which one the answers point to, and which study or referral follows.

The software suggests, a clinician orders. One file for each disorder; `router` asks them all.
"""
