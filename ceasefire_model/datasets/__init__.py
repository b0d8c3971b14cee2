"""Data sets of the field, as records: one module each, with the codebook's names in its docstring.

Nothing of them is shipped and nothing is downloaded: each function takes the user's own frame.
"""
