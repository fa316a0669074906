"""What we did about it: outcomes, commitments, reports and editions."""
