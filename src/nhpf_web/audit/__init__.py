"""The log of six verbs: who did what to which record, when and why. Only added to."""
