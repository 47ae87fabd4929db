"""From where a request comes."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address by which a client is known who guesses passwords; None where there is none, as behind a socket.

    Behind a trusted proxy, the last one that ``X-Forwarded-For`` names: that proxy added it, whatever a client sent.
    Of IPv6 the network of 64 bits, which is what a single client holds.
    """
    candidates = [request.META.get("REMOTE_ADDR", "")]
    if settings.TRUSTED_PROXY:
        candidates.insert(0, request.headers.get("X-Forwarded-For", "").rpartition(",")[2])
    for candidate in candidates:
        try:
            address = ip_address(candidate.strip())
        except ValueError:
            continue
        if isinstance(address, IPv6Address):
            address = address.ipv4_mapped or ip_network((int(address), 64), strict=False).network_address
        return str(address)
    return None
