"""Settings that are the same on every machine."""

from importlib.util import find_spec
from pathlib import Path

import environ
from celery.schedules import crontab

from config.settings.logs import logging_configuration

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Our own, from the lowest floor to the highest.
    "apps.core",
    "apps.audit",
    "apps.accounts",
    "apps.medicines",
    "apps.patients",
    "apps.documents",
    "apps.diary",
    "apps.education",
    "apps.screening",
    "apps.treatment",
    "apps.summaries",
    "apps.overview",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_structlog",
    "js_lib_bootstrap5",
    "pghistory",
    "pgtrigger",
    "rules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.core.middleware.HistoryMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.core.context_processors.house",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# The database. Sync workers each keep one connection; a dead one is noticed at the start of a request.
DATABASES = {"default": env.db("DATABASE_URL", default="postgresql://clinic@/clinic")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["ATOMIC_REQUESTS"] = False

# Sign-in limits are counted here. In the database, so that people can sign in while the broker is down.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

# Language and time.
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
CLINIC_TIME_ZONE = env.str("CLINIC_TIME_ZONE", default="Europe/London")
TIME_ZONE = CLINIC_TIME_ZONE

# The clinic itself.
CLINIC_NAME = env.str("CLINIC_NAME", default="Headache Clinic")
# What the clinic's printer holds, for the diary sheet: "A4" or "Letter". The page that prints one lets people choose.
PAPER = env.str("PAPER", default="A4")
CLINIC_TELEPHONE = env.str("CLINIC_TELEPHONE", default="020 7946 0000")

# Safety after an answer about self-harm: all of it is the clinic's own decision and to be agreed before real use. The
# escalation time begins when the task's own time has passed.
SAFETY_TASK_MINUTES = env.int("SAFETY_TASK_MINUTES", default=60)
SAFETY_ESCALATION_MINUTES = env.int("SAFETY_ESCALATION_MINUTES", default=60)
CRISIS_TEXT = env.str(
    "CRISIS_TEXT",
    default=(
        "Stay with the patient. In immediate danger call the emergency services. "
        f"The clinic can be reached on {CLINIC_TELEPHONE}."
    ),
)

# The same for the patient's own eyes, on a page without the chart around it.
PATIENT_CRISIS_TEXT = env.str("PATIENT_CRISIS_TEXT", default="") or (
    "You do not have to deal with this alone. In immediate danger call the emergency services. "
    f"You can reach the clinic on {CLINIC_TELEPHONE}."
)

# What the clinic changes in the suggested schedule of questionnaires: "hads=every_visit,ndi=off".
SCREENING_SCHEDULE = env.str("SCREENING_SCHEDULE", default="")

# Questionnaires on the clinic's tablet: when it locks because nobody touches it, and how long a set lasts at most.
TABLET_IDLE_MINUTES = env.int("TABLET_IDLE_MINUTES", default=10)
TABLET_HOURS = env.int("TABLET_HOURS", default=2)
# Months after a withdrawal in which relapse is watched for, and the level from which a signal is given: near, reached.
RELAPSE_WATCH_MONTHS = env.int("RELAPSE_WATCH_MONTHS", default=12)
OVERUSE_SIGNAL_LEVEL = env.str("OVERUSE_SIGNAL_LEVEL", default="near")

# After how many years the onset of a headache counts as late: the source says 50 in its table and 65 in its abstract.
RED_FLAG_AGE = env.int("RED_FLAG_AGE", default=50)

# Days until the next step of a sleep study counts as overdue, unless a day was chosen. To be agreed by the clinic.
SLEEP_STEP_DAYS = env.int("SLEEP_STEP_DAYS", default=14)

# The personal diary link: how long it works by default, how many days back it can write, and when an entry counts as
# late. The 48 hours are a convention of electronic diaries, not a measured limit.
DIARY_LINK_MONTHS = env.int("DIARY_LINK_MONTHS", default=6)
DIARY_LINK_DAYS_BACK = env.int("DIARY_LINK_DAYS_BACK", default=7)
DIARY_LATE_AFTER_HOURS = env.int("DIARY_LATE_AFTER_HOURS", default=48)

# After how many days without an entry a running diary counts as quiet. A convention of the clinic.
DIARY_QUIET_DAYS = env.int("DIARY_QUIET_DAYS", default=7)

# Which reading of "migraine day" the clinic counts by: diary, trial or ichd3; docs/clinical-rules.md says what they mean.
DIARY_MIGRAINE_DAY_RULE = env.str("DIARY_MIGRAINE_DAY_RULE", default="diary")

# Diary files that people upload. Their pieces and what was read from them are kept until they are taken or discarded,
# and no longer than this many hours when nobody goes on.
DIARY_IMPORT_LARGEST_MB = env.int("DIARY_IMPORT_LARGEST_MB", default=1024)
DIARY_IMPORT_KEPT_HOURS = env.int("DIARY_IMPORT_KEPT_HOURS", default=24)

# The demo clinic, with invented people and one password for everybody, exists only where this is on.
DEMO = False

# Sign-in. Staff are invited by a manager; nobody registers alone.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    # Answers `has_perm` in templates with the predicates of apps.patients.access.
    "rules.permissions.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "apps.accounts.adapter.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "login": "apps.core.forms.account.SignInForm",
    "reset_password": "apps.core.forms.account.AskForPasswordForm",
    "reset_password_from_key": "apps.core.forms.account.ChoosePasswordForm",
    "change_password": "apps.core.forms.account.ChangePasswordForm",
}

# Sessions slide: each request starts the idle time again.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_COOKIE_AGE = SESSION_IDLE_MINUTES * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apps.core.errors.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"

# What a browser may do with our pages.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Bad input: a form larger than this is answered with a page, not with a full disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Static files: ours, and the typeface from its package; the other packages bring theirs as Django apps.
_typeface = find_spec("fontpkg_atkinson_hyperlegible")
assert _typeface is not None
assert _typeface.origin is not None
TYPEFACE_DIR = Path(_typeface.origin).parent / "files"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts/atkinson", TYPEFACE_DIR)]

# E-mail: shown in the log unless a server is named.
vars().update(env.email("EMAIL_URL", default="consolemail://"))
# A page must not hang when the mail server does: the invitation is kept, its link is shown.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="clinic@example.org")

# Background jobs. Every job is also a row in PostgreSQL; the broker may lose everything.
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
# Redis clients say unix://, Celery says redis+socket:// for the same socket.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request must not hang when the broker is away: the sweep enqueues the job later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 3,
    "socket_timeout": 10,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# A task is taken off the queue when it is done, so that a killed worker's task runs again.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Drawing documents makes memory grow; a worker process is replaced after this many.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    # At night, after the last entries of the day before.
    "overuse-signals": {
        "task": "screening.fire_overuse_signals",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 6 * 3600},
    },
    "documents-sweep": {
        "task": "documents.sweep",
        "schedule": 20.0,
        "options": {"expires": 15},
    },
    "screening-tablets-sweep": {
        "task": "screening.sweep_tablets",
        "schedule": 60.0,
        "options": {"expires": 45},
    },
    "diary-files-sweep": {
        "task": "diary.sweep_files",
        "schedule": 20.0,
        "options": {"expires": 15},
    },
}

LOGGING_CONFIG = "logging.config.dictConfig"
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = logging_configuration(level=LOG_LEVEL, as_json=False)

# Last, so that shared tasks of every app find our Celery application however Django was started.
from config.celery import app as celery_app  # noqa: E402, F401
