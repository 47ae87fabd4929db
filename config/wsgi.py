"""What the web server calls."""

import gc
import os
from collections.abc import Callable, Iterable

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from timeline.api.gate import Gate
from timeline.api.lending import Lending

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

_django = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  loads all views now, not with the first request
# What was loaded until here stays to the end: the collector need not go through it again and again.
gc.freeze()
_process = dict(os.environ)
_of_the_request = frozenset(
    {"CONTENT_LENGTH", "CONTENT_TYPE", "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "REQUEST_METHOD", "SCRIPT_NAME"}
    | {"SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL"}
)


def _chancery(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Django, without the process's environment among the request's.

    Granian copies os.environ into every request, and with it the secret key and the database's password: whatever
    prints a request would print them. What the server wrote over a name of the process is left alone. A server's own
    way of sending files is not used: the gate counts who is being sent one.
    An answer that is whole is a list.
    """
    request = {name: environ[name] for name in environ if not _is_of_the_process(name, environ)}
    request.pop("wsgi.file_wrapper", None)
    answer = _django(request, start_response)
    if answer.streaming:
        return answer
    # A server sends a list in one go, and asks a thing that it has to go through for one part after the other.
    try:
        return list(answer)
    finally:
        answer.close()


def _is_of_the_process(name: str, environ: dict) -> bool:
    return name not in _of_the_request and name in _process and environ[name] == _process[name]


application = Gate(Lending(_chancery))
