from apps.audit.models import AccessEntry
from apps.core.administration import ReadOnlyAdmin, administration


class AccessEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "user_label", "action", "subject", "patient_id", "address"]
    list_filter = ["action"]
    # Counting the whole log for every page would take longer with every year.
    show_full_result_count = False


administration.register(AccessEntry, AccessEntryAdmin)
