"""What lists know of names: places, peoples, bodies, public figures."""
