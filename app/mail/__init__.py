"""Mail that waits until it can be sent."""
