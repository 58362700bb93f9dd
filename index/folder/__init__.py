"""The store that keeps generations in a folder: SQLite, FAISS, columns of BM25.

It may use index.articles, index.ground, index.language, index.models and index.seam.
"""
