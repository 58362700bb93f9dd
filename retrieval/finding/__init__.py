"""Which passages are read for a question.

It may use index.ground, index.language, index.seam and retrieval.question.
"""
