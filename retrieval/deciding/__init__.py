"""From spans to a reply: what fits, what agrees, what contradicts.

It may use index.ground, index.language, retrieval.ground and retrieval.question.
"""
