"""Calendar tiles of the timeline: which events each one shows, and how many lie in it."""
