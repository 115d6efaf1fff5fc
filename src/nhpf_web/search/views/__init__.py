"""Pages of the search, by what they show."""
