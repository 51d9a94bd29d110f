"""The catalogue, for reading. It changes only through its data files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import clinic_page
from apps.accounts.permissions import Permission
from apps.core.responses import form_page
from apps.medicines import presenters
from apps.medicines.forms import CatalogueFilterForm
from apps.medicines.selectors import find_medicines, medicine_by_code


@require_safe
@clinic_page(Permission.VIEW_CATALOGUE)
def medicine_list(request: HttpRequest) -> HttpResponse:
    """All medicines in the catalogue, narrowed by search and filters."""
    form = CatalogueFilterForm(request.GET)
    lines = [presenters.line(medicine) for medicine in find_medicines(**form.filters)]
    return form_page(request, "medicines/list.html", form, {"lines": lines})


@require_safe
@clinic_page(Permission.VIEW_CATALOGUE)
def medicine_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the catalogue says about one medicine; withdrawn ones stay readable for old records."""
    medicine = medicine_by_code(code)
    if medicine is None:
        raise Http404("There is no medicine with this code.")
    context = {"medicine": medicine, "sections": presenters.sections(medicine)}
    return render(request, "medicines/detail.html", context)
