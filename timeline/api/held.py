"""A WSGI answer that is still worked on while it is sent."""

from collections.abc import Callable, Iterable, Iterator


class Held:
    """The *answer*, for which something is held until it has been sent, and then *given_back*."""

    def __init__(self, answer: Iterable[bytes], given_back: Callable[[], None]) -> None:
        self.answer, self.given_back = answer, given_back

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        """Called by the server at the end, also where the client went away."""
        given_back, self.given_back = self.given_back, None
        if given_back is None:
            return
        try:
            getattr(self.answer, "close", lambda: None)()
        finally:
            given_back()

    # Should a server ever forget to close, what is held is not lost for good.
    __del__ = close
