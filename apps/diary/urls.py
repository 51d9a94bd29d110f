"""Addresses of the diary."""

from datetime import date

from django.urls import path, register_converter

from apps.diary.views import (
    attacks,
    clinic,
    data_source,
    export,
    import_questions,
    imports,
    link,
    month,
    patient,
    patterns,
    pictures,
    sheet,
)

app_name = "diary"


class MonthConverter:
    """A month in an address: 2026-11, as the first day of it."""

    regex = r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


register_converter(MonthConverter, "month")

urlpatterns = [
    path("patients/<uuid:patient_id>/diary/", month.current, name="current"),
    path("patients/<uuid:patient_id>/diary/<month:month>/", month.month, name="month"),
    path("patients/<uuid:patient_id>/diary/year/", pictures.year, name="year"),
    path("patients/<uuid:patient_id>/diary/list/", pictures.diary_list, name="list"),
    path("patients/<uuid:patient_id>/diary/attacks/new/", attacks.new, name="attack_new"),
    path("patients/<uuid:patient_id>/diary/attacks/<int:attack_id>/", attacks.change, name="attack"),
    path("patients/<uuid:patient_id>/diary/attacks/<int:attack_id>/remove/", attacks.remove, name="attack_remove"),
    path("patients/<uuid:patient_id>/diary/patterns/", patterns.patterns, name="patterns"),
    path("patients/<uuid:patient_id>/diary/export/days.csv", export.days, name="export-days"),
    path("patients/<uuid:patient_id>/diary/export/counts.csv", export.counts, name="export-counts"),
    path("patients/<uuid:patient_id>/diary/sheet/", sheet.sheet, name="sheet"),
    path("patients/<uuid:patient_id>/diary/link/", link.link, name="link"),
    path("patients/<uuid:patient_id>/diary/link/revoke/", link.revoke, name="link_revoke"),
    # The patient's own page, for whoever has the secret in its address; the first two know nobody.
    path("d/shell", patient.shell, name="patient_shell"),
    path("d/worker.js", patient.worker, name="patient_worker"),
    path("d/<str:token>/", patient.page, name="patient"),
    path("d/<str:token>/entries", patient.entries, name="patient_entries"),
    path("d/<str:token>/reminders.ics", patient.reminders, name="patient_reminders"),
    path("d/<str:token>/colours", patient.colours, name="patient_colours"),
    # Short, because it is printed as a QR code and under it.
    path("s/<slug:code>/", sheet.open_sheet, name="open_sheet"),
    path("patients/<uuid:patient_id>/diary/imports/", imports.imports, name="imports"),
    path("patients/<uuid:patient_id>/diary/imports/<uuid:file_id>/", imports.import_file, name="import_file"),
    path("patients/<uuid:patient_id>/diary/imports/<uuid:file_id>/state", imports.import_state, name="import_state"),
    path(
        "patients/<uuid:patient_id>/diary/imports/<uuid:file_id>/columns",
        import_questions.columns,
        name="import_columns",
    ),
    path("patients/<uuid:patient_id>/diary/imports/<uuid:file_id>/sheet", import_questions.sheet, name="import_sheet"),
    path("patients/<uuid:patient_id>/diary/imports/<uuid:file_id>/names", import_questions.names, name="import_names"),
    path(
        "patients/<uuid:patient_id>/diary/imports/<uuid:file_id>/discard", imports.import_discard, name="import_discard"
    ),
    path("patients/<uuid:patient_id>/diary/imports/<uuid:file_id>/undo", imports.import_undo, name="import_undo"),
    path("diary/data/", data_source.data_source, name="data_source"),
    path("diaries/", clinic.above, name="above"),
    path("diaries/quiet/", clinic.quiet, name="quiet"),
]
