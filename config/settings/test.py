"""The suite: like the demo, but nothing can leave the machine and nothing is slow on purpose."""

from config.settings.local import *
from config.settings.local import INSTALLED_APPS, MIDDLEWARE
from config.settings.logs import logging_configuration

SECRET_KEY = "test-secret-for-invented-people"
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]

# Fails a test in which a page asks the database once a row.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
# Signing in and out reads the same session twice; that is Django's way, and there is only one.
ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]

# Every test client makes the middleware anew; reading all static files each time took half of a page's time.
WHITENOISE_AUTOREFRESH = True

# A slow hash protects real passwords; tests have none.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# A broker that does not exist: a test that reaches for it by accident fails.
CELERY_BROKER_URL = "redis+socket:///nonexistent/broker.sock"
LOGGING = logging_configuration(level="WARNING", as_json=False)
