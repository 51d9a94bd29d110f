"""The overuse page, and the review of why medicines are overused."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.diary.selectors import counts_for
from apps.patients.access import may, patient_page
from apps.patients.models import Patient
from apps.screening.choices import Statement
from apps.screening.forms.overuse import OveruseReviewForm
from apps.screening.presenters.allowance import allowance_lines, no_rescue_words, rescue_findings
from apps.screening.presenters.overuse import overuse_lasts, overuse_page
from apps.screening.presenters.overuse_review import review_words
from apps.screening.selectors.allowance import allowances_in_force
from apps.screening.selectors.overuse import newest_review, reviews_of
from apps.screening.services.overuse import record_overuse_review


@require_safe
@patient_page(Permission.VIEW_CHART)
def overuse(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Everything about overuse on one page: what the diary shows, what was found out, what was agreed on."""
    today = timezone.localdate()
    counts = counts_for(patient, today)
    allowances = list(allowances_in_force(patient))
    rescue = rescue_findings(allowances, counts, patient)
    reviews = review_words(reviews_of(patient), patient, today)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "today": today,
        "found": overuse_page(counts, patient),
        "lasts": overuse_lasts(counts.overuse),
        "rescue": rescue,
        "no_rescue": no_rescue_words(counts, len(rescue)),
        "allowances": allowance_lines(allowances, counts),
        "newest": reviews[0] if reviews else None,
        "earlier": reviews[1:],
        "can_record": may(signed_in(request), Permission.RECORD_SCREENING, patient),
    }
    return render(request, "screening/overuse.html", context)


@patient_page(Permission.RECORD_SCREENING)
def review(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Why is it overused? What was stated last stands in the form, to be confirmed or changed."""
    today = timezone.localdate()
    before = newest_review(patient, today)
    stated = {name: getattr(before, name) if before else Statement.NOT_KNOWN for name in ("preexisting", "older")}
    form = OveruseReviewForm(request.POST or None, initial=stated)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: record_overuse_review(
                patient=patient,
                reasons=form.reasons,
                preexisting=Statement(given["preexisting"]),
                older=Statement(given["older"]),
                note=given["note"],
                today=today,
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, "The review is saved. The numbers count with what you stated.")
            return redirect("screening:overuse", patient_id=patient.pk)
    context = {"patient": patient, "chart_tab": "screening", "before": before}
    return form_page(request, "screening/overuse_review.html", form, context)
