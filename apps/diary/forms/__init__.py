"""Forms of the diary: what a person types or chooses, cleaned. They never write."""

from apps.diary.forms.month import FUNCTION_CHOICES, HEADACHE_CHOICES, MonthForm, headache_answer

__all__ = ["FUNCTION_CHOICES", "HEADACHE_CHOICES", "MonthForm", "headache_answer"]
