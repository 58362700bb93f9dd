"""Texts to word pieces. The one door to tokenizers."""

from __future__ import annotations

import functools
from pathlib import Path

from tokenizers import Tokenizer

from index.errors import ModelError


@functools.cache
def plain_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of the model in ``folder``, which pads nothing and cuts nothing off. One for
    all: loading it takes longer than a question. Raises ModelError."""
    file = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # tokenizers raises no narrower class
        raise ModelError(f"{file} cannot be read ({error}); install the model again.") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
