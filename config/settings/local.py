"""One developer's machine and the demo clinic: invented patients, plain http on this machine only."""

from config.env import DEMO_SECRET
from config.settings.base import *
from config.settings.base import env

SECRET_KEY = DEMO_SECRET
DEBUG = env.str("DEBUG", default="off") == "on"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# Static files are taken from where they lie; nothing has to be collected.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# A day's demonstration should not end in a sign-in page.
SESSION_COOKIE_AGE = 8 * 60 * 60

# `manage.py load_demo` works here, and gives everybody of the invented staff this password.
DEMO = True
DEMO_PASSWORD = "lavender-lamp-2026"
