"""Every write of the screening app."""

from apps.screening.services.licences import confirm_licence, enter_wording, withdraw_licence
from apps.screening.services.safety import assign_safety_task, close_safety_task
from apps.screening.services.sheets import Filled, correct_answers, correct_result, save_answers, save_result

__all__ = [
    "Filled",
    "assign_safety_task",
    "close_safety_task",
    "confirm_licence",
    "correct_answers",
    "correct_result",
    "enter_wording",
    "save_answers",
    "save_result",
    "withdraw_licence",
]
