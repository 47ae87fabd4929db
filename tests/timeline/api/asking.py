"""Asking for events over HTTP."""

EVENTS = "/api/v1/events/"


def found(client, **asked):
    answer = client.get(EVENTS, {name.removesuffix("_"): value for name, value in asked.items()})
    assert answer.status_code == 200, answer.content
    return [event["id"] for event in answer.json()["results"]]


def refused(client, **asked):
    answer = client.get(EVENTS, {name.removesuffix("_"): value for name, value in asked.items()})
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()["errors"][0]
