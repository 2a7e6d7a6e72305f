"""Information pages, areas and leaflets."""
