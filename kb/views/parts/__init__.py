"""What pages share: panels, filters, highlights, and the steps by which a human decides."""
