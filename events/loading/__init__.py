"""Reviewable files ↔ record: YAML blocks, one a record, under the record's public id.

Not imported here, for this package is imported before the models are: `applying.load_record`, `writing.dump_record`,
`blocks.block_of`.
"""
