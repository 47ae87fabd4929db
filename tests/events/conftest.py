import pytest
from django.apps import apps


@pytest.fixture
def everything():
    """A function that reads every row of the record and of the projection."""

    def read():
        models = [*apps.get_app_config("events").get_models(), *apps.get_app_config("timeline").get_models()]
        return {
            model.__name__: sorted(repr(tuple(map(as_value, row))) for row in model.objects.values_list())
            for model in models
        }

    def as_value(value):
        return bytes(value) if isinstance(value, memoryview) else value

    return read
