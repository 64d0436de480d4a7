"""Ask the assistant with the `openai` client. First: zhice serve; then: python examples/openai_client.py [ADDRESS] [KEY]."""

import sys

from openai import OpenAI

address, key = (*sys.argv[1:], *("http://127.0.0.1:7860", "none")[len(sys.argv) - 1 :])
client = OpenAI(base_url=f"{address}/v1", api_key=key)

stream = client.chat.completions.create(
    model="zhice",
    messages=[
        {"role": "user", "content": "大连市2018年技术交易额目标是多少？"},
        {"role": "assistant", "content": "（上一个回答，知策不读）"},
        {"role": "user", "content": "哪个部门负责知识产权质押？"},
    ],
    stream=True,
)
for chunk in stream:
    print(chunk.choices[0].delta.content or "", end="", flush=True)
print()

completion = client.chat.completions.create(model="zhice", messages=[{"role": "user", "content": "哪个部门负责知识产权质押？"}])
for annotation in completion.choices[0].message.annotations or []:
    print(annotation.url_citation.title, annotation.url_citation.url)
