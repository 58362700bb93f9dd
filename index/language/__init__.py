"""What words mean: names, numbers, dates, offices, denials, sentences.

It may use nothing.
"""
