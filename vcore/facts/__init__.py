"""What is true before any data arrives. Read by everything, imports nothing but errors."""
