"""Which instruments a round can pin: those that come with the product, and those that the district published."""
