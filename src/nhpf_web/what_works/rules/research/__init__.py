"""The research register: the tables of states, what a call's trial could see, what is checked."""
