"""Who enters the desk: five wrong passwords lock, and a login that runs out while somebody types loses nothing."""
