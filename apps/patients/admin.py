from apps.core.administration import ClinicModelAdmin, administration
from apps.patients.models import CareTeamMembership, Patient, PrescriberDesignation


class PatientAdmin(ClinicModelAdmin):
    list_display = ["clinic_number", "family_name", "given_name", "date_of_birth"]
    search_fields = ["clinic_number", "family_name", "given_name"]
    show_full_result_count = False
    readonly_fields = ["clinic_number", "is_demo", "allergy_status", "allergies_asked_on"]
    fields = [
        *["clinic_number", "given_name", "family_name", "preferred_name", "date_of_birth", "sex", "pronouns"],
        *["language", "large_print", "telephone", "email", "contact_route", "address"],
        *["allergy_status", "allergies_asked_on", "is_demo"],
    ]


class PrescriberDesignationAdmin(ClinicModelAdmin):
    """Who prescribes. The triggers decide here as everywhere: named once, ended, never rewritten."""

    list_display = ["patient", "prescriber", "kind", "period"]
    list_select_related = ["patient", "prescriber"]
    search_fields = ["patient__clinic_number", "patient__family_name", "prescriber__full_name"]
    raw_id_fields = ["patient"]
    fields = ["patient", "prescriber", "kind", "period", "reason"]
    show_full_result_count = False


class CareTeamMembershipAdmin(ClinicModelAdmin):
    list_display = ["patient", "member", "task", "starts_on", "ends_on"]
    list_select_related = ["patient", "member"]
    raw_id_fields = ["patient"]
    fields = ["patient", "member", "task", "starts_on", "ends_on"]
    show_full_result_count = False


administration.register(Patient, PatientAdmin)
administration.register(PrescriberDesignation, PrescriberDesignationAdmin)
administration.register(CareTeamMembership, CareTeamMembershipAdmin)
