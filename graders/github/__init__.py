"""What talks to GitHub: events, the API, comments, statuses, workflow files."""
