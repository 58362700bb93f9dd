"""What in a passage may answer, and how likely it is.

It may use index.ground, index.language, index.models, retrieval.finding, retrieval.ground and
retrieval.question.
"""
