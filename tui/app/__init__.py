"""The full-screen app itself: its screens put together, help, and the palette."""
