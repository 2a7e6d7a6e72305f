"""The official open data files, read exactly as their publishers give them."""
