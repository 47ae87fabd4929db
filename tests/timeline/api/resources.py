"""The resources beside events, and asking for them over HTTP."""


ROOT = "/api/v1/"
COLLECTIONS = ("countries", "events", "kinds", "leaders", "organizations", "sources")


def answer(client, address, status=200, **asked):
    response = client.get(f"{ROOT}{address}", asked)
    assert response.status_code == status, response.content
    return response.json()


def found(client, collection, **asked):
    return [record["id"] for record in answer(client, f"{collection}/", **asked)["results"]]


def refused(client, collection, **asked):
    return answer(client, f"{collection}/", 400, **asked)["errors"][0]
