"""The networks that read: with torch, and without it.

It may use index.ground, index.models and retrieval.reading.
"""
