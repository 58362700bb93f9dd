"""A question as it is typed, and what is known of it before anything is searched.

It may use index.ground, index.language, index.seam and retrieval.ground.
"""
