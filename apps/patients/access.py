"""Who may see and do what with a patient: role (apps.accounts.permissions) and relation together.

The same predicates serve the page, the button and the write. A patient who is not yours is "not found" (404), so
that nothing leaks; a thing your role may not do with your own patient is "not allowed" (403).
"""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.models import User
from apps.accounts.permissions import CLINIC_WIDE_ROLES, Permission
from apps.audit.choices import Action
from apps.audit.services import record_access
from apps.patients.models import CareTeamMembership, Patient, PrescriberDesignation


def patients_of(user: User) -> QuerySet[Patient]:
    """The patients a person has to do with: all for the roles that administer the clinic, else those they treat.

    Treating is a current place in the care team, or being designated prescriber or cover at this moment.
    """
    if not user.may(Permission.FIND_PATIENTS):
        return Patient.objects.none()
    if user.role in CLINIC_WIDE_ROLES:
        return Patient.objects.all()
    return Patient.objects.filter(pk__in=_treated_by(user))


def has_to_do_with(user: User, patient: Patient) -> bool:
    """Whether `patients_of` contains the patient; asked once for each patient object."""
    asked: dict[UUID, bool] = patient.__dict__.setdefault("_has_to_do_with", {})
    if user.pk not in asked:
        asked[user.pk] = patients_of(user).filter(pk=patient.pk).exists()
    return asked[user.pk]


def may(user: User, permission: Permission, patient: Patient) -> bool:
    """Whether this person may do this with this patient."""
    return user.may(permission) and has_to_do_with(user, patient)


def require(user: User, permission: Permission, patient: Patient) -> None:
    """The same rule for a write: raises PermissionDenied with a sentence when `may` says no."""
    if not may(user, permission, patient):
        raise PermissionDenied("Your role does not allow this for this patient.")


def patient_for(user: User, patient_id: UUID, permission: Permission) -> Patient:
    """Fetch a patient for a purpose.

    Raises Http404 when there is no such patient or the person has nothing to do with them, PermissionDenied when
    the role does not carry the permission.
    """
    patient = patients_of(user).filter(pk=patient_id).first()
    if patient is None:
        raise Http404("No patient of yours has this address.")
    patient.__dict__["_has_to_do_with"] = {user.pk: True}
    require(user, permission, patient)
    return patient


def patient_page(
    permission: Permission, *, logged: bool = True
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Make a view a page of one patient's chart: `view(request, patient, ...)`.

    Fetches the patient with the access check and writes the reading, or the refusal, into the access log; outside any
    transaction of the view, so that a refusal stays in the log whatever becomes of the request. `logged=False` is
    for a part of a page that asks again by itself, and for a view that writes its own entry: readings only.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def page(request: HttpRequest, patient_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                patient = patient_for(signed_in(request), patient_id, permission)
            except (Http404, PermissionDenied):
                _note(request, Action.REFUSED, patient_id)
                raise
            if logged and request.method in ("GET", "HEAD"):
                _note(request, Action.READ, patient_id)
            try:
                return view(request, patient, *args, **kwargs)
            except PermissionDenied:
                _note(request, Action.REFUSED, patient_id)
                raise

        page.permission = permission  # type: ignore[attr-defined]
        return page

    return decorate


def _note(request: HttpRequest, action: Action, patient_id: UUID) -> None:
    record_access(
        by=signed_in(request),
        action=action,
        subject=request.resolver_match.view_name if request.resolver_match else "",
        patient_id=patient_id,
        request=request,
    )


def _treated_by(user: User) -> QuerySet[Any]:
    # A union of two short lists, so that the database starts from the person's own patients and not from all.
    today = timezone.localdate()
    in_team = CareTeamMembership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), member=user, starts_on__lte=today
    )
    prescribing = PrescriberDesignation.objects.filter(prescriber=user, period__contains=timezone.now())
    return in_team.order_by().values("patient").union(prescribing.order_by().values("patient"))


def _as_predicate(permission: Permission) -> Any:
    @rules.predicate(name=str(permission))
    def holds(user: Any, patient: Patient | None = None) -> bool:
        if not isinstance(user, User):
            return False
        return user.may(permission) if patient is None else may(user, permission, patient)

    return holds


for _permission in Permission:
    rules.add_perm(str(_permission), _as_predicate(_permission))
