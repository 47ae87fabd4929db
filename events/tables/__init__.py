"""The record as tables (CSV, XLSX, JSON): a row a record, a column for each key of the reviewable files.

What a key holds is read, written and explained by ``events.loading``; here are only cells.
"""
