"""Where a submission runs: jail, worker, proxy, and the wire between them."""
