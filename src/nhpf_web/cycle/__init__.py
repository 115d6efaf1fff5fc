"""The cycle: five phases as work, scoping returns, proposals, and editions of the framework."""
