"""What was asked: consultations, rounds and questionnaires."""
