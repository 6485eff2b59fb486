"""The visit day by the optimiser: asked for and proposed, repaired while it runs, accepted and taken back."""
