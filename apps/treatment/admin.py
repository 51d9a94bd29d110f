import uuid

from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from apps.core.administration import ClinicModelAdmin, administration
from apps.treatment.models import MedicationChange


class MedicationChangeAdmin(ClinicModelAdmin):
    """The ledger, to look at. A course can be begun here by the patient's effective prescriber and nobody else."""

    list_display = ["patient", "medicine", "kind", "effective_on", "recorded_at", "author"]
    list_select_related = ["patient", "medicine", "author"]
    search_fields = ["patient__clinic_number", "patient__family_name"]
    raw_id_fields = ["patient"]
    fields = [
        *["patient", "kind", "medicine", "purpose", "dose_amount", "dose_unit", "frequency", "limit_days_per_month"],
        *["indication", "reason", "reason_text", "effective_on", "review_on", "stop_rule"],
    ]
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: MedicationChange, form: ModelForm, change: bool) -> None:
        # The author is the person signed in, never a field of the form.
        obj.author = request.user  # type: ignore[assignment]
        obj.course, obj.position = uuid.uuid4(), 1
        super().save_model(request, obj, form, change)


administration.register(MedicationChange, MedicationChangeAdmin)
