"""A Haystack pipeline over the passages: `pip install '.[haystack]'`, `zhice index build`, `python -m examples.haystack_pipeline`.

The chat generator is Haystack's own stand-in, which answers with what it was asked; put yours in its place.
"""

import os

os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")  # read when Haystack is imported

from haystack import Pipeline
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import MockChatGenerator
from haystack.dataclasses import ChatMessage

from zhice.integrations.haystack import ZhiceRetriever

QUESTION = "哪个部门负责知识产权金融服务？"
TEMPLATE = """只根据下面的条款回答，并写明条款。
{% for one in documents %}
《{{ one.meta.title }}》{{ one.meta.clause_path }}
{{ one.content }}
{% endfor %}
问题：{{ question }}"""

pipeline = Pipeline()
pipeline.add_component("retriever", ZhiceRetriever(top_k=3))
pipeline.add_component("prompt", ChatPromptBuilder([ChatMessage.from_user(TEMPLATE)], required_variables="*"))
pipeline.add_component("model", MockChatGenerator())
pipeline.connect("retriever.documents", "prompt.documents")
pipeline.connect("prompt.prompt", "model.messages")

dalian = {"field": "meta.region", "operator": "==", "value": "大连市"}
out = pipeline.run({"retriever": {"query": QUESTION, "filters": dalian}, "prompt": {"question": QUESTION}})
print(out["model"]["replies"][0].text)
