"""One route of FastAPI behind the guard. `uvicorn fastapi_app:app` serves it."""

from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel

from guardkit import Guard
from guardkit.adapters.fastapi import guarded_body

guard = Guard()


class Question(BaseModel):
    prompt: str
    sources: list[str] = []


app = FastAPI()
asked = guarded_body(guard, Question, "prompt")
found = guarded_body(guard, Question, "sources[*]", channel="document")


@app.post("/ask", dependencies=[Depends(found)])
async def ask(question: Annotated[Question, Depends(asked)]) -> dict[str, str]:
    return {"answer": f"You asked: {question.prompt}"}
