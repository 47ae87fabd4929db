"""How the desk writes dates: as Django does for English, but for what ``en/formats.py`` says."""
