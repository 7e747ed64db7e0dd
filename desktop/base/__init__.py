"""What every layer may use: paths, text, errors, progress. Standard library only."""
