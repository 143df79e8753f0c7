"""The steps of grading a pull request, one module a step."""
