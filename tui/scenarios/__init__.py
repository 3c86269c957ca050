"""The first screen: questions, scenarios and a preview of each."""
