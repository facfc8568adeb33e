"""What goes wrong outside: the real server under kills, floods and lies, with a figure for each promise."""
