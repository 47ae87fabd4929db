from rest_framework.pagination import LimitOffsetPagination


class Pagination(LimitOffsetPagination):
    """Fifty events a page, five hundred at most, by offset; with their number, as the framework has it."""

    default_limit, max_limit = 50, 500
