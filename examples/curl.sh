#!/usr/bin/env bash
# 用 curl 走一遍各个接口：先运行 zhice serve，再运行 examples/curl.sh [地址] [密钥]
set -euo pipefail
zhice=${1:-http://127.0.0.1:7860} key=${2:-none}
post() { curl -fsS -H "Authorization: Bearer $key" -H 'Content-Type: application/json' "$zhice$1" -d "$2" && echo; }

echo "== 问答"
post /api/v1/ask '{"question": "哪个部门负责知识产权质押"}'

echo "== 检索"
post /api/v1/search '{"question": "科技创新券", "k": 2}'

echo "== Dify 外部知识库"
post /api/dify/retrieval '{"knowledge_id": "policies", "query": "科技创新券", "retrieval_setting": {"top_k": 2, "score_threshold": 0}}'

echo "== OpenAI 的接口，流式"
post /v1/chat/completions '{"model": "zhice", "stream": true, "messages": [{"role": "user", "content": "哪个部门负责知识产权质押"}]}'

echo "== MCP"
curl -fsS -H "Authorization: Bearer $key" -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \
  "$zhice/mcp" -d '{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search", "arguments": {"query": "科技创新券"}}}'
echo
