"""Changes to the research register: each checks the move, changes and logs in one transaction."""
