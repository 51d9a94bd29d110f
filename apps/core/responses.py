"""Answers to a request that several apps give in the same way."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.core.forms import ClinicForm

CONFLICT = 409
UNPROCESSABLE = 422


def form_page(
    request: HttpRequest, template: str, form: ClinicForm, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of a form, with the status that belongs to it: 200, 422 with errors, 409 after a stale save."""
    status = CONFLICT if form.conflict else UNPROCESSABLE if form.errors else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)
