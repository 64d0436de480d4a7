"""The evaluation sets, measures, runs and reports."""
