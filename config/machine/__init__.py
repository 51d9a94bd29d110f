"""Set-up and running on one machine. Standard library only: it works before anything is installed."""
