def test_pages_that_name_no_icon_get_the_sites(client):
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert client.get(answer.url)["Content-Type"] == "image/svg+xml"
