"""Everything other apps read from screening."""

from apps.screening.selectors.safety import open_safety_tasks, open_safety_tasks_for
from apps.screening.selectors.scores import LatestScore, latest_scores

__all__ = ["LatestScore", "latest_scores", "open_safety_tasks", "open_safety_tasks_for"]
