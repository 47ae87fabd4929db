"""Dates as uncertain as their sources: EDTF (ISO 8601-2:2019) read, bounded, put into words. Django only in `field`."""

from .problems import InvalidEDTF
from .value import OPEN_END, OPEN_START, EDTFDate, edtf_of_day, plain
from .words import day_label, label, meaning

__all__ = [
    "OPEN_END", "OPEN_START", "EDTFDate", "InvalidEDTF", "day_label", "edtf_of_day", "label", "meaning", "plain",
]
