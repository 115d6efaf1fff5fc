"""Tags and filters that every template may use without loading them."""
