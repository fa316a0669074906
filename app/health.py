"""Addresses for whoever runs the service: is the program alive, and can it work?"""

from litestar import MediaType, Response, Router, get

from app.database import answers


@get("/live", media_type=MediaType.TEXT, sync_to_thread=False)
def live() -> str:
    return "alive"


@get("/ready", media_type=MediaType.TEXT)
async def ready() -> Response[str]:
    """200 once the database answers, 503 while it does not."""
    able = await answers()
    return Response("ready" if able else "no database", status_code=200 if able else 503)


router = Router(path="/health", route_handlers=[live, ready])
