"""The report: one file to read, send and print, with pictures, figures and what they mean."""
