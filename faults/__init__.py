"""The real server under kills, floods, full disks and hostile input, with a figure for each promise."""
