"""Bulk import: files of many events, their own or others', into the record.

Not imported here, for this package is imported before the models are: `running.import_events` does it all.
"""
