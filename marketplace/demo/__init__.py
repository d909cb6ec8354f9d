"""The demo market: real places, invented organisations and offers."""
