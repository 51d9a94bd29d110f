"""Who asks for a patient that is not theirs is in the log, and stays there."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.choices import Action
from apps.audit.models import AccessEntry
from apps.patients.access import patient_page
from tests.fixtures.people import People


@pytest.fixture
def ask() -> Callable[..., HttpResponse]:
    """Ask for a chart page that needs a permission, as a person."""

    def asking(
        user: User,
        patient_id: object,
        *,
        method: str = "get",
        permission: Permission = Permission.VIEW_CHART,
        view: Callable[..., HttpResponse] = lambda request, patient: HttpResponse(str(patient)),
    ) -> HttpResponse:
        request = getattr(RequestFactory(), method)("/patients/x/diary/")
        request.user = user
        request.resolver_match = None
        return patient_page(permission)(view)(request, patient_id)

    return asking


def _actions() -> list[tuple[str, object]]:
    return list(AccessEntry.objects.order_by("id").values_list("action", "patient_id"))


def test_a_reading_is_noted(people: People, ask: Callable[..., HttpResponse]) -> None:
    assert ask(people.colleague, people.patient.pk).content == b"Ingrid Halvorsen"
    assert _actions() == [(Action.READ, people.patient.pk)]


def test_the_stranger_finds_nothing_and_is_noted(people: People, ask: Callable[..., HttpResponse]) -> None:
    with pytest.raises(Http404):
        ask(people.stranger, people.patient.pk)
    entry = AccessEntry.objects.get()
    assert (entry.action, entry.patient_id, entry.user_id) == (
        Action.REFUSED,
        people.patient.pk,
        people.stranger.pk,
    )
    assert entry.path == "/patients/x/diary/"
    assert entry.address == "127.0.0.1"


def test_a_guessed_address_is_noted_too(people: People, ask: Callable[..., HttpResponse]) -> None:
    guess = uuid4()
    with pytest.raises(Http404):
        ask(people.stranger, guess)
    assert _actions() == [(Action.REFUSED, guess)]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_without_the_right_is_refused_and_noted(
    people: People, ask: Callable[..., HttpResponse], method: str
) -> None:
    with pytest.raises(PermissionDenied):
        ask(people.colleague, people.patient.pk, method=method, permission=Permission.SIGN_PLAN)
    assert _actions() == [(Action.REFUSED, people.patient.pk)]


def test_a_write_that_the_view_refuses_is_noted(people: People, ask: Callable[..., HttpResponse]) -> None:
    def refusing(request: object, patient: object) -> HttpResponse:
        raise PermissionDenied("no")

    with pytest.raises(PermissionDenied):
        ask(people.colleague, people.patient.pk, method="post", view=refusing)
    assert _actions() == [(Action.REFUSED, people.patient.pk)]


def test_a_page_that_does_not_exist_within_a_chart_is_no_refusal(
    people: People, ask: Callable[..., HttpResponse]
) -> None:
    def missing(request: object, patient: object) -> HttpResponse:
        raise Http404

    with pytest.raises(Http404):
        ask(people.colleague, people.patient.pk, view=missing)
    assert _actions() == [(Action.READ, people.patient.pk)]


@pytest.mark.django_db(transaction=True)
def test_the_entry_outlives_the_refused_request(people: People, client_of: Callable[[User], Client]) -> None:
    answer = client_of(people.stranger).get(reverse("patients:team", kwargs={"patient_id": people.patient.pk}))
    assert answer.status_code == 404
    assert _actions() == [(Action.REFUSED, people.patient.pk)]
