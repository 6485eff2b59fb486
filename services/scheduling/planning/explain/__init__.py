"""Why a plan is as it is, why another is not, and what to give up where there is none."""
