"""Examples to copy: scripts that bring articles from elsewhere, each short enough to be read before it is used."""
