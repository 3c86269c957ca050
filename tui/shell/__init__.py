"""The shell below the screens: runner, settings, messages, keys, the file that is open."""
