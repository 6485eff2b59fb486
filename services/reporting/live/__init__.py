"""The facilitator sees own round fill up, while it is open."""
