"""What goes with headache in one person's diary: weekdays, menstruation, sleep, exposures, a medicine's start.

Every pattern says how many days it rests on, keeps silent below a stated number of them, and never speaks of causes.
"""
