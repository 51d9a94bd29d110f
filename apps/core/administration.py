"""The technical administration at /admin/: for superusers who repair things, never for daily work.

It goes through the same tables as everything else, so the same constraints and triggers decide; what they refuse is
shown as a sentence.
"""

from collections.abc import Callable
from typing import Any

import pghistory
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from apps.core.writing import readable_refusal


class ClinicAdministration(AdminSite):
    """Opens for active superusers who signed in at the clinic's own sign-in page, with its limits on guessing."""

    site_header = "Technical administration"
    site_title = "Technical administration"
    index_title = "Tables"

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_active and user.is_superuser)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("The technical administration is not part of your role.")
        index = reverse("admin:index", current_app=self.name)
        if request.user.is_authenticated:
            return HttpResponseRedirect(index)
        return redirect_to_login(request.GET.get("next") or index)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # Nobody comes here without being signed in; who is must not be asked to sign in again.
            if not self.has_permission(request):
                raise PermissionDenied("The technical administration is not part of your role.")
            with pghistory.context(who=str(request.user), service="technical administration"):
                answer: HttpResponse = super(ClinicAdministration, self).admin_view(view, cacheable)(
                    request, *args, **kwargs
                )
            return answer

        return guarded


class ClinicModelAdmin(ModelAdmin):
    """A table in the administration. Nothing is deleted here, and a refusal of the database is a message."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            self.message_user(request, readable_refusal(error), level=messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if not change and hasattr(obj, "created_by_id"):
            obj.created_by = request.user
        if change and hasattr(obj, "version"):
            # Whoever has the record open in the clinic's own pages notices that it changed.
            obj.version += 1
        super().save_model(request, obj, form, change)


class ReadOnlyAdmin(ClinicModelAdmin):
    """A table to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


administration = ClinicAdministration(name="admin")
