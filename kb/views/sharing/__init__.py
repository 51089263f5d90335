"""What leads back to what is seen: its address, and views that are kept under a name."""
