"""Articles in, dated events out: read -> clean -> annotate -> extract -> resolve -> write."""
