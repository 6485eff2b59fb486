"""The classrooms that a school opens to visits."""
