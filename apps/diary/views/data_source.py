"""Where the demo clinic's diary days come from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import clinic_page
from apps.accounts.permissions import Permission
from apps.diary import selectors
from apps.diary.presenters import batches


@require_safe
@clinic_page(Permission.VIEW_DEMO_DATA)
def data_source(request: HttpRequest) -> HttpResponse:
    """Where imported days come from, what became of each row, and which parts are invented."""
    context = {
        "batches": [batches.batch_view(batch) for batch in selectors.import_batches()],
        "invented_intakes": selectors.invented_intakes(),
        "invented_people": selectors.invented_people(),
    }
    return render(request, "diary/data_source.html", context)
