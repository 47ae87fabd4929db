from django.http import HttpResponse
from django.test import RequestFactory

from timeline.api.policy import DOCS, content_security_policy


def policy_of(address: str, **headers: str) -> str:
    respond = content_security_policy(lambda request: HttpResponse(headers=headers))
    return respond(RequestFactory().get(address))["Content-Security-Policy"]


def test_every_answer_forbids_foreign_and_inline_content(client):
    policy = client.get("/healthz")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_docs_alone_may_have_styles_inline():
    assert "style-src 'self' 'unsafe-inline'" in policy_of(DOCS)
    assert "script-src" not in policy_of(DOCS)
    assert "unsafe" not in policy_of("/admin/")


def test_a_view_keeps_the_policy_that_it_has_set():
    assert policy_of("/", **{"Content-Security-Policy": "default-src 'none'"}) == "default-src 'none'"
