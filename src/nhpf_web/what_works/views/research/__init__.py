"""Pages of the research register."""
