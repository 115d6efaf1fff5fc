"""What every page has: the frame, the components, forms in GOV.UK's pattern, the error pages."""
