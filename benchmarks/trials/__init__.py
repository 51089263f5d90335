"""What is done to a command that must bear it: a network that fails, a machine that lacks something."""
