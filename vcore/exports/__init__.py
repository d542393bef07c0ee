"""What leaves the app and comes back: files about scenarios. Knows no screen and no user."""
