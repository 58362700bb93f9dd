"""Articles to a published, searchable generation on disk."""
