"""What was sold in a period, as a chart and in figures."""
