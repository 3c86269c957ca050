from hypothesis import settings

# The same examples every time: a red build means a changed program, not an unlucky draw. No
# deadline, because a shared machine may pause in the middle of an example.
settings.register_profile("firstline", deadline=None, derandomize=True)
settings.load_profile("firstline")
