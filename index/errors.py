"""Every error that pullquote raises on purpose.

PullquoteError            its text is shown to the user: what is wrong, and what to do
├── ConfigError           the settings cannot be used
├── SourceError           a source of articles cannot be read
├── LossError             a build would lose much of what is published
├── ModelError            the embedding or reader model cannot be loaded
├── QuestionError         a question that cannot be searched
└── StoreError            the index on disk
    ├── NoIndexError      nothing has been published yet
    ├── SchemaError       written by another version of pullquote
    ├── EncoderMismatch   its passages were embedded by another model
    ├── DamagedError      a file is missing, cut short or altered
    └── BusyError         another process is building it
"""

from __future__ import annotations


class PullquoteError(Exception):
    """Base class. The message is one line, fit for a user's eyes, and ends in what to do."""


class ConfigError(PullquoteError):
    """A setting is unknown, of the wrong type, or missing."""


class SourceError(PullquoteError):
    """A source is missing or holds no article."""


class LossError(PullquoteError):
    """A build would lose more of the published articles than it may."""


class ModelError(PullquoteError):
    """A model is not installed, not found, or its weights are not the verified ones."""


class QuestionError(PullquoteError):
    """A question is empty, too long, or holds nothing to search for."""


class StoreError(PullquoteError):
    """The index on disk cannot serve."""


class NoIndexError(StoreError):
    """No generation has been published in this folder."""


class SchemaError(StoreError):
    """The generation was written in a format that this version does not read."""


class EncoderMismatch(StoreError):
    """The index was embedded by another model than the configured one."""


class DamagedError(StoreError):
    """A file of a generation does not match its manifest."""


class BusyError(StoreError):
    """Another builder holds the index."""
