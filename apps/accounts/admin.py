from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.models import PrescriberCredential, User
from apps.core.administration import ClinicModelAdmin, administration


class UserAdmin(ClinicModelAdmin):
    """Accounts. Passwords are set by one-time link only, never here."""

    list_display = ["full_name", "email", "role", "is_active", "is_superuser"]
    list_filter = ["role", "is_active"]
    search_fields = ["full_name", "email"]
    fields = ["full_name", "email", "role", "is_active", "is_staff", "is_superuser", "last_login", "deactivated_at"]
    readonly_fields = ["last_login", "deactivated_at"]

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        if obj.is_active:
            obj.deactivated_at = None
        elif obj.deactivated_at is None:
            obj.deactivated_at = timezone.now()
            # As on the manager's page: no session and no link outlives a closed account.
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


class PrescriberCredentialAdmin(ClinicModelAdmin):
    list_display = ["user", "number", "valid_from", "valid_to"]
    list_select_related = ["user"]
    search_fields = ["user__full_name", "number"]
    fields = ["user", "number", "issuer", "valid_from", "valid_to"]


administration.register(User, UserAdmin)
administration.register(PrescriberCredential, PrescriberCredentialAdmin)
