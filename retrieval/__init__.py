"""A question to an answer in the articles' own words."""
