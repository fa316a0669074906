"""Imported by the process alone that servers are forked from: see `tests.responses.serving`."""

import app.main  # noqa: F401 (all of it, once)
from analysis.tone import tone
from app import speech, templating
from surveys import readiness

templating.compile_templates()
speech.warm()
readiness.warm()
tone("")
