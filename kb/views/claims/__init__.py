"""What the page of claims is made of: its filters, which stand in the address, and how claims are drawn."""
