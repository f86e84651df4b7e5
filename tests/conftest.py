"""Settings that all tests share."""

from hypothesis import settings

settings.register_profile("guardkit", deadline=None)  # the machines that run this are shared: time is not a property
settings.load_profile("guardkit")
