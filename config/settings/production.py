"""A real clinic. Refuses to start when anything is missing or unsafe."""

import os

from config.env import require_production_environment, split
from config.settings.base import *
from config.settings.base import BASE_DIR, LOG_LEVEL, env
from config.settings.logs import logging_configuration

require_production_environment(os.environ)

SECRET_KEY = env.str("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = split(env.str("ALLOWED_HOSTS"))
CSRF_TRUSTED_ORIGINS = split(env.str("CSRF_TRUSTED_ORIGINS", default=""))

# Encrypted connections only, and browsers remember it.
SECURE_SSL_REDIRECT = True
# The container's own health check speaks plain http inside the machine.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

# Only a proxy that always sets these headers itself may be believed.
if env.str("TRUST_PROXY", default="off") == "on":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# Filled by `manage.py collectstatic` when the container is built.
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = logging_configuration(level=LOG_LEVEL, as_json=True)
