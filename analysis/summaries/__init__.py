"""What one question's answers say."""
