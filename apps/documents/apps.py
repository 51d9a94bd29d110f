from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "apps.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        # Registers the system check of the drawing library.
        from apps.documents import checks  # noqa: F401
