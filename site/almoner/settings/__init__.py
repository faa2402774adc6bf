"""Settings: base reads the environment once; demo, test and production each add what only they need."""
