"""The words of reports in templates."""
