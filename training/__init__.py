"""Prepare, train and evaluate the models that the service ships."""
