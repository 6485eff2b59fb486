"""The visit day: teams, their way through the classrooms, the debrief; and its repair while it runs."""
