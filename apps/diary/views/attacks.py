"""One attack: described, corrected, removed by the clinic."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.dates import short_date
from apps.core.forms import ClinicForm, attempt
from apps.core.responses import form_page
from apps.diary.forms.attack import CorrectAttackForm, NewAttackForm, RemoveAttackForm, recorded, zone_of
from apps.diary.models import Attack
from apps.diary.selectors.attacks import attack_of
from apps.diary.services.described_attacks import correct_attack, record_attack, remove_attack
from apps.patients.access import patient_page
from apps.patients.models import Patient

_CLOCK = "Times are the clock's where the patient was. Leave empty what nobody asked."


@patient_page(Permission.EDIT_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Describe an attack that is not in the diary."""
    today = timezone.localdate()
    form = NewAttackForm(request.POST or None, today=today, initial={"first_day": _asked_day(request)})
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: record_attack(
                patient=patient, described=form.described, by=signed_in(request), today=today, **form.once
            ),
        )
        if saved:
            messages.success(request, f"The attack of {short_date(form.described.first_day)} is recorded.")
            return redirect(_month_url(patient, form.described.first_day))
    return _page(request, patient, form, title="Describe an attack", submit="Record the attack")


@patient_page(Permission.EDIT_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, patient: Patient, attack_id: int) -> HttpResponse:
    """Correct an attack; the description before it stays in the history."""
    today = timezone.localdate()
    attack = _attack(patient, attack_id)
    form = CorrectAttackForm(request.POST or None, today=today, zone=zone_of(attack), initial=recorded(attack))
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: correct_attack(
                attack=attack,
                described=form.described,
                expected_version=form.expected_version,
                by=signed_in(request),
                today=today,
            ),
        )
        if saved:
            messages.success(request, f"The attack of {short_date(form.described.first_day)} is corrected.")
            return redirect(_month_url(patient, form.described.first_day))
    return _page(
        request,
        patient,
        form,
        title=f"Attack of {short_date(attack.first_day)}",
        submit="Save the correction",
        remove_url=reverse("diary:attack_remove", args=[patient.pk, attack.pk]),
    )


@patient_page(Permission.EDIT_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, patient: Patient, attack_id: int) -> HttpResponse:
    """Take an attack out of the diary."""
    attack = _attack(patient, attack_id)
    form = RemoveAttackForm(request.POST or None, initial={"version": attack.version})
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: remove_attack(attack=attack, expected_version=form.expected_version, by=signed_in(request)),
        )
        if saved:
            messages.success(
                request, f"The attack of {short_date(attack.first_day)} is removed. Its days stay as they are."
            )
            return redirect(_month_url(patient, attack.first_day))
    return form_page(
        request,
        "patients/chart_form.html",
        form,
        {
            "patient": patient,
            "chart_tab": "diary",
            "title": f"Remove the attack of {short_date(attack.first_day)}?",
            "intro": "The description goes; the days it touches stay headache days. The history keeps both.",
            "submit": "Remove the attack",
            "back_url": _month_url(patient, attack.first_day),
            "dangerous": True,
        },
    )


def _page(
    request: HttpRequest, patient: Patient, form: ClinicForm, *, title: str, submit: str, remove_url: str = ""
) -> HttpResponse:
    return form_page(
        request,
        "diary/attack.html",
        form,
        {
            "patient": patient,
            "chart_tab": "diary",
            "title": title,
            "intro": _CLOCK,
            "submit": submit,
            "remove_url": remove_url,
            "back_url": reverse("diary:current", args=[patient.pk]),
        },
    )


def _attack(patient: Patient, attack_id: int) -> Attack:
    attack = attack_of(patient, attack_id)
    if attack is None:
        raise Http404("The diary has no such attack.")
    return attack


def _asked_day(request: HttpRequest) -> date | None:
    """The day that the link named; None when there is none or it is damaged."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _month_url(patient: Patient, day: date) -> str:
    return reverse("diary:month", args=[patient.pk, day]) + f"#day-{day.isoformat()}"
