# The application for a real clinic: production packages only, an account without rights, nothing secret inside.
FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY config/machine/requirements-production.txt /requirements.txt
RUN python -m venv /packages && /packages/bin/pip install --require-hashes -r /requirements.txt

FROM python:3.11-slim-bookworm
# What WeasyPrint draws with; the last one makes it a third faster.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent clinic
ENV PATH=/packages/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp \
    DJANGO_SETTINGS_MODULE=config.settings.production
COPY --from=packages /packages /packages
WORKDIR /clinic
COPY . .
# Collecting needs settings that look like a clinic's; these exist for this one line and end with it.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    DATABASE_URL=postgresql://build@/build REDIS_URL=redis://build ALLOWED_HOSTS=build EMAIL_URL=smtp://build \
    DEFAULT_FROM_EMAIL=build@example.org CLINIC_NAME=build CLINIC_TELEPHONE=0 CRISIS_TEXT=build SAFETY_TASK_MINUTES=60 \
    python manage.py collectstatic --no-input
USER clinic
EXPOSE 8000
# Workers' heartbeat files belong in memory: a slow disk must not look like a hanging worker.
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--preload", \
     "--timeout", "60", "--max-requests", "5000", "--max-requests-jitter", "500", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
