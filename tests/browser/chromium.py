"""Chromium without its windows, as Debian installs it, and where the pages stand that it is shown."""

CHROMIUM = "/usr/bin/chromium-headless-shell"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
    # A page served from nowhere may ask the server under test, as one on the web asks a server on the web.
    "--disable-features=LocalNetworkAccessChecks",
]  # fmt: skip
#: Where a page that is tested stands: another origin than the API's.
ORIGIN = "http://newsroom.localhost"
