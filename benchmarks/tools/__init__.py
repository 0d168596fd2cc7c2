"""What tools cost: a folder for each, whose `costs` adds its tables to those of the core."""
