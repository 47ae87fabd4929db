"""A question at a moment → the rows that answer it: which lists hold them, and how these are walked and counted."""
