"""The district's page: every school's newest released figures side by side, and whether they suffice to speak."""
