"""Passages as the context of a LangChain chain: `pip install '.[langchain]'`, `zhice index build`, `python -m examples.langchain_chain`.

The chat model is LangChain's own stand-in, which answers with what it was asked; put yours in its place.
"""

from langchain_core.documents import Document
from langchain_core.language_models import ParrotFakeChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough

from zhice.integrations.langchain import ZhiceRetriever


def cited(documents: list[Document]) -> str:
    """The passages, each under its title and address."""
    return "\n\n".join(f"《{one.metadata['title']}》{one.metadata['clause_path']}\n{one.page_content}" for one in documents)


prompt = ChatPromptTemplate.from_template("只根据下面的条款回答，并写明条款。\n\n{context}\n\n问题：{question}")
context = {"context": ZhiceRetriever(k=3) | cited, "question": RunnablePassthrough()}
chain = context | prompt | ParrotFakeChatModel() | StrOutputParser()

print(chain.invoke("大连市哪个部门负责知识产权金融服务？"))
