"""The models: texts to vectors, and graphs that run without torch.

It may use index.ground.
"""
