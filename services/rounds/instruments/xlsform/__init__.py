"""XLSForm in and out: forms that districts have already, and instruments for ODK and its kin."""
