"""Every write of the screening app."""

from apps.screening.services.safety import close_safety_task
from apps.screening.services.sheets import Filled, correct_answers, correct_total, save_answers, save_total

__all__ = ["Filled", "close_safety_task", "correct_answers", "correct_total", "save_answers", "save_total"]
