"""Data, model, training and export of the shipped classifier. The only place that imports torch."""
