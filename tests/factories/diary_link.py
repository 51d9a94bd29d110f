"""Diary links and what a phone sends through them."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.diary.services.links import MadeLink, make_link
from apps.patients.models import Patient


def make_diary_link(patient: Patient, by: User, *, days: int = 30, offered: tuple[str, ...] = ()) -> MadeLink:
    """A link that works from today on; its secret is `made.token`."""
    today = timezone.localdate()
    return make_link(patient=patient, ends_on=today + timedelta(days=days), offered=offered, by=by, today=today)


def payload(kind: str, day: date | None = None, **answers: Any) -> dict[str, Any]:
    """An entry as the page's script sends it."""
    chosen = day or timezone.localdate()
    return {"kind": kind, "key": str(uuid.uuid4()), "day": chosen.isoformat(), "zone": "Europe/London", **answers}


def send(token: str, entry: Any, client: Client | None = None) -> HttpResponse:
    """Send an entry as JSON, from a phone without any cookie."""
    answer: HttpResponse = (client or Client()).post(
        f"/d/{token}/entries",
        data=entry if isinstance(entry, str) else json.dumps(entry),
        content_type="application/json",
    )
    return answer


def post(token: str, entry: dict[str, Any], client: Client | None = None) -> HttpResponse:
    """Send an entry as a form, as a phone without script does."""
    answer: HttpResponse = (client or Client()).post(f"/d/{token}/", data=entry)
    return answer
