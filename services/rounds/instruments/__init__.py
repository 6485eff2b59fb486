"""Instruments: versioned sets of look-fors, shipped with the product; a published version never changes."""
