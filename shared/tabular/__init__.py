"""Reading spreadsheets that others wrote: what is certain is accepted, the rest is reported, all at once."""
