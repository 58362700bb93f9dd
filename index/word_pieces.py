"""Texts to word pieces. The one door to tokenizers."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

from index.errors import ModelError


def plain_tokenizer(folder: Path, most: int | None = None) -> Tokenizer:
    """The tokenizer of the model in ``folder``. It pads nothing, and cuts off what comes after
    ``most`` pieces, special ones included, or nothing. Raises ModelError."""
    file = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # tokenizers raises no narrower class
        raise ModelError(f"{file} cannot be read ({error}); install the model again.") from error
    tokenizer.no_padding()
    if most is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(most)
    return tokenizer
