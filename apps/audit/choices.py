from django.db import models


class Action(models.TextChoices):
    READ = "read", "read"
    DOWNLOAD = "download", "downloaded"
    REFUSED = "refused", "was refused"
