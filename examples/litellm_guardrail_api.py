"""The guard as a service of its own, which LiteLLM's proxy asks. `uvicorn litellm_guardrail_api:app --port 8001`.

guardrails:
  - guardrail_name: guardkit
    litellm_params:
      guardrail: generic_guardrail_api
      mode: [pre_call, post_call]
      api_base: http://127.0.0.1:8001
      api_key: os.environ/GUARDRAIL_KEY
      default_on: true
      streaming_buffer_until_moderated: true # else the proxy passes chunks on before it asks
"""

import os

from guardkit import Guard
from guardkit.adapters.litellm import guardrail_api

app = guardrail_api(Guard(), api_key=os.environ.get("GUARDRAIL_KEY"))
