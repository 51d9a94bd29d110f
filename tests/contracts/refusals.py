"""Rules of the database whose tests expect the sentence people read instead of the rule's name.

rule -> words of its sentence that a test in tests/integration/<app> expects. test_constraints_have_tests.py sees to it
that the words are the rule's own and stand in a test.
"""

from typing import Final

EXPECTED_BY_SENTENCE: Final = {
    "diary_batch_every_row_accounted_for": "Every row",
    "diary_batch_source_known": "kind of file",
    "diary_batch_undone_paired": "taken back",
    "diary_day_batch_of_import": "import",
    "diary_day_function": "function",
    "diary_day_not_before_1990": "1990",
    "diary_day_not_in_the_future": "future",
    "diary_day_once": "recorded already",
    "diary_day_severity": "severity",
    "diary_day_source_known": "typed in by the clinic",
    "diary_day_state_known": "headache, no headache, or is not known",
    "diary_day_stays_in_place": "keeps",
    "diary_intake_doses": "1 to 20",
    "diary_intake_once_a_day": "already",
    "diary_intake_same_patient": "same patient",
    "documents_document_checksums_whole": "checksum of its contents",
    "documents_document_failure_explained": "says why it failed",
    "documents_document_file_if_ready": "has a file if, and only if, it is ready",
    "documents_document_file_whole": "does not match its checksum",
    "documents_document_finished_paired": "has an end",
    "documents_document_frozen": "frozen",
    "documents_document_named": "kind, a title and what it is about",
    "documents_document_ready_is_final": "stays as it is",
    "documents_document_replaces_its_like": "same kind about the same thing",
    "documents_document_running_started": "time at which this began",
    "documents_document_state_moves": "t go from ",
    "documents_document_stays": "t be deleted",
    "education_given_frozen": "stays as recorded",
    "education_given_how_known": "how the leaflet was given",
    "education_given_leaflet_named": "which leaflet was given",
    "education_given_not_in_future": "up to today",
    "education_given_own_document": "leaflet of the same patient",
    "education_given_paper_has_document": "has a document",
    "education_given_stays": "stays recorded",
    "education_given_teach_back_rated": "what came back",
    "education_given_understanding_known": "what came back",
    "medicines_medicine_never_deleted": "A medicine is withdrawn from the catalogue, never deleted.",
}
