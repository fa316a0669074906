"""Where Piccolo looks for the database and for the packages that have tables."""

from piccolo.conf.apps import AppRegistry

from app.database import engine

APP_REGISTRY = AppRegistry(
    apps=[
        "app.piccolo_app",
        "surveys.piccolo_app",
        "responses.piccolo_app",
        "analysis.piccolo_app",
        "publications.piccolo_app",
    ]
)


def __getattr__(name: str) -> object:
    """`DB` is whatever is in force when it is asked for, so that importing this does nothing."""
    if name == "DB":
        return engine()
    raise AttributeError(name)
