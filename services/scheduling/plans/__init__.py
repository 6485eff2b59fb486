"""A district's year: asked for, planned in the background, argued with, published, repaired."""
