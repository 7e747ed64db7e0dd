"""Qt models and background jobs (QtCore and QtGui only)."""
