"""What the page of the network is made of: what its nodes look like, and the panels of lines and connections."""
