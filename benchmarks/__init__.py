"""Measurements of the application, as ratios in one run: absolute times say more about the machine than about us."""
