"""The demo's settings for a worker that also knows the tests' own kinds of document."""

import copy
from pathlib import Path

from config.settings.local import *  # noqa: F403 - Django's way of building on settings
from config.settings.local import TEMPLATES

TEMPLATES = copy.deepcopy(TEMPLATES)
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
CELERY_IMPORTS = ["tests.documents.kinds"]
