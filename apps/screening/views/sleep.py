"""The sleep page: what the last screen found, recorded nights, studies on their way; and the screen's form."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import may, patient_page
from apps.patients.models import Patient
from apps.screening.choices import ReferralState
from apps.screening.forms.sleep import SleepScreenForm
from apps.screening.presenters.sleep import (
    finding_cards,
    free_days_words,
    length_words,
    newer_scores,
    nights_rows,
    screen_links,
    silence_words,
    timing_words,
)
from apps.screening.presenters.sleep_referrals import effect_words, referral_words
from apps.screening.selectors.sleep import (
    known_elsewhere,
    last_screen,
    screen_of,
    screens_with_later_answers,
    sleep_diary,
)
from apps.screening.selectors.sleep_referrals import effect_of, effect_period, referrals_of
from apps.screening.services.sleep import record_sleep_screen
from apps.screening.sleep_questions import FREE_DAYS
from apps.screening.sleep_steps import is_open

SCREENS_SHOWN: Final = 10


@patient_page(Permission.VIEW_CHART)
def sleep(request: HttpRequest, patient: Patient) -> HttpResponse:
    """What the last screen found, the recorded nights with headache beside them, and every study."""
    today = timezone.localdate()
    screens = list(screens_with_later_answers(patient)[:SCREENS_SHOWN])
    screen = screens[0] if screens else None
    referrals = list(referrals_of(patient))
    answers = screen.answers if screen else {}
    acted = next((referral for referral in referrals if referral.state == ReferralState.ACTED_ON), None)
    diary = sleep_diary(patient, today, answers, also=effect_period(acted, today) if acted else None)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "screen": screen,
        "cards": finding_cards(screen, referrals) if screen else [],
        "newer": newer_scores(getattr(screen, "answered_later", ())) if screen else [],
        "open_referrals": [referral_words(each, today) for each in referrals if is_open(each.state)],
        "ended_referrals": [referral_words(each, today) for each in referrals if not is_open(each.state)],
        "lengths": length_words(diary),
        "timing": timing_words(diary),
        "silent": silence_words(diary),
        "free_days": free_days_words(diary, told=FREE_DAYS in answers),
        "nights_rows": nights_rows(diary),
        "pattern_period": diary.pattern_period,
        "acted": acted,
        "effect": effect_words(effect_of(acted, today, diary.days), acted, today) if acted else None,
        "earlier_screens": screen_links(screens[1:]),
        "can_record": may(signed_in(request), Permission.RECORD_SCREENING, patient),
    }
    return render(request, "screening/sleep.html", context)


@patient_page(Permission.RECORD_SCREENING)
def sleep_screen(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The short screen: what the chart knows is shown, the rest is asked, filled in as last time."""
    today = timezone.localdate()
    last, known = last_screen(patient), known_elsewhere(patient, today)
    form = SleepScreenForm(
        request.POST if request.method == "POST" else None,
        patient=patient,
        today=today,
        known={name for name, value in known.facts.items() if value is not None},
        last=last,
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: record_sleep_screen(
                patient=patient,
                answers=form.given,
                answered_on=form.cleaned_data["answered_on"],
                note=form.cleaned_data["note"],
                today=today,
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, "The sleep screen is saved.")
            return redirect("screening:sleep", patient_id=patient.pk)
    context = {"patient": patient, "chart_tab": "screening", "last": last, "known": known.lines}
    return form_page(request, "screening/sleep_screen.html", form, context)


@patient_page(Permission.VIEW_CHART)
def sleep_past(request: HttpRequest, patient: Patient, screen_id: UUID) -> HttpResponse:
    """One screen as it was answered, with everything the rules looked at then."""
    found = screen_of(patient, screen_id)
    if found is None:
        raise Http404("There is no such sleep screen in this chart.")
    context = {"patient": patient, "chart_tab": "screening", "screen": found, "cards": finding_cards(found, [])}
    return render(request, "screening/sleep_past.html", context)
