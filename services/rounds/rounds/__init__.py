"""A round: its plan, its problem of practice, and the stages before the debrief."""
