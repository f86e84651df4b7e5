"""An application of Starlette behind the guard. `uvicorn asgi_app:app` serves it."""

import json
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from guardkit import Guard
from guardkit.adapters.asgi import GuardMiddleware


async def chat(request: Request) -> StreamingResponse:
    question = (await request.json())["prompt"]

    async def events() -> AsyncIterator[str]:
        for word in ("You", " asked: ", question):
            yield f"data: {json.dumps({'token': word})}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


# Every body and every answer below /chat, streams too. In FastAPI: app.add_middleware(GuardMiddleware, guard=Guard()).
guarded = Middleware(GuardMiddleware, guard=Guard(), paths=["/chat"], fields=["prompt"])
app = Starlette(routes=[Route("/chat", chat, methods=["POST"])], middleware=[guarded])
