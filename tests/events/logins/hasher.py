from typing import Any, ClassVar

from django.contrib.auth.hashers import MD5PasswordHasher


class CountingHasher(MD5PasswordHasher):
    """Quick, and counts how often a password is hashed."""

    algorithm = "counting"
    count: ClassVar[int] = 0

    def encode(self, *args: Any, **kwargs: Any) -> str:
        type(self).count += 1
        return super().encode(*args, **kwargs)
