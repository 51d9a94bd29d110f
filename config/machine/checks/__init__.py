"""Checks of our own: each module has `problems(tree)`, which answers with one line per problem."""
