"""A LlamaIndex query engine over the passages: `pip install '.[llamaindex]'`, `zhice index build`, `python -m examples.llamaindex_engine`.

The language model is LlamaIndex's own stand-in, which answers with what it was asked; put yours in its place.
"""

from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine

from zhice.integrations.llamaindex import ZhiceRetriever

engine = RetrieverQueryEngine.from_args(ZhiceRetriever(k=3), llm=MockLLM())
response = engine.query("大连市哪个部门负责知识产权金融服务？")

print(response)
for node in response.source_nodes:
    print(f"{node.score:.2f} 《{node.metadata['title']}》{node.metadata['clause_path']}")
