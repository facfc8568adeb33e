"""Files: written durably, received, swept and backed up."""
