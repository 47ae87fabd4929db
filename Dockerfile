FROM python:3.12-slim

# Of its own, the C library gives each thread memory apart, and keeps most of what each ever needed.
ENV PYTHONUNBUFFERED=1 MALLOC_ARENA_MAX=2
WORKDIR /chancery

# Before the code, so that a changed line does not install everything again.
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

COPY . .
# In development mode only to need no secrets here: nothing of it stays in the image but the compiled modules.
RUN DEVELOPMENT=true python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --uid 10001 --no-create-home chancery
USER chancery

EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "44", "--backpressure", "1024", "--no-ws", \
     "--respawn-failed-workers", "--workers-kill-timeout", "5", \
     "config.wsgi:application"]
