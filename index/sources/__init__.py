"""The formats that articles come in: files, feeds, pages, addresses.

It may use index.ground.
"""
