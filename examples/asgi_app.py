"""A FastAPI application behind the guard. `uvicorn asgi_app:app` serves it."""

from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel

from guardkit import Guard
from guardkit.adapters.asgi import GuardMiddleware
from guardkit.adapters.fastapi import guarded_body

guard = Guard()


class Question(BaseModel):
    prompt: str


app = FastAPI()
# Every JSON body and every answer below /chat, streams too.
app.add_middleware(GuardMiddleware, guard=guard, paths=["/chat"], fields=["prompt"])


@app.post("/chat")
async def chat(question: Question) -> dict[str, str]:
    return {"answer": f"You asked: {question.prompt}"}


# Or for one route, one model and one field.
@app.post("/ask")
async def ask(question: Annotated[Question, Depends(guarded_body(guard, Question, "prompt"))]) -> dict[str, str]:
    return {"answer": f"You asked: {question.prompt}"}
