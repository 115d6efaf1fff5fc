"""The framework's words in templates."""
