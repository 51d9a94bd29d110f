from django.apps import AppConfig


class SummariesConfig(AppConfig):
    name = "apps.summaries"
    label = "summaries"
    verbose_name = "Summaries"

    def ready(self) -> None:
        from apps.documents.kinds import register_kind
        from apps.summaries.presenters import visit_summary_context

        register_kind(
            "visit_summary",
            "Visit summary",
            "documents/visit_summary.html",
            context=visit_summary_context,
        )
