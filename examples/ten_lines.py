"""The library in ten lines: `pip install .`, `zhice index build`, then `python -m examples.ten_lines`."""

from zhice import Assistant, Retriever

answer = Assistant.open().ask("大连市哪个部门负责知识产权金融服务？")  # opens .zhice/store, or $ZHICE_STORE
print(answer.text)
for number, citation in enumerate(answer.citations, 1):
    print(f"[{number}] 《{citation.document.title}》{'、'.join(citation.clause.path)}：{'……'.join(citation.quotes)}")

for hit in Retriever.open().search("科技创新券", k=3, filters={"region": "大连市"}):
    print(f"{hit.rank}. {hit.score:.2f} {hit.passage.clause_id} {hit.passage.text[:30]}")
