"""How fast the market is at sizes that it may grow to: `make bench` (docs/performance.md)."""
