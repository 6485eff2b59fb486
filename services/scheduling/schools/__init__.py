"""The schools of a district, out of a directory file (GeoJSON or CSV) or a roster."""
