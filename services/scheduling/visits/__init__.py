"""How the rounds service holds what is planned here, and which visits have begun: those plans stay as they are."""
