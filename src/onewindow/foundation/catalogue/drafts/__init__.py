"""Drafts of item definitions: written, reviewed, approved for a day, published on it."""
