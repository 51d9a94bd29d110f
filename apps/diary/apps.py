from django.apps import AppConfig


class DiaryConfig(AppConfig):
    name = "apps.diary"
    label = "diary"
    verbose_name = "Diary"

    def ready(self) -> None:
        # Registers the printed diary sheet as a kind of document.
        from apps.diary import printing  # noqa: F401
