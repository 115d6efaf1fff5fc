"""Pages of the framework and of practices."""
