"""The two addresses for load balancers and containers."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from config import health


def test_live_needs_neither_sign_in_nor_database(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"live": True})


@pytest.mark.django_db
def test_ready_names_what_does_not_answer(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nonexistent/broker.sock"
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "broker": False}


@pytest.mark.django_db
def test_ready_when_everything_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.CHECKS, "broker", lambda: True)
    assert client.get("/health/ready").status_code == 200


def test_only_reading_is_possible(client: Client) -> None:
    assert client.post("/health/ready").status_code == 405


def test_a_database_that_is_away_is_an_answer_and_not_an_error(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health.connection, "cursor", away)
    monkeypatch.setitem(health.CHECKS, "broker", lambda: True)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "broker": True})
