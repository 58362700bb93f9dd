"""From what a source gave to what is stored and quoted: cleaning, passages, near-duplicates.

It may use index.ground, index.language and index.sources.
"""
