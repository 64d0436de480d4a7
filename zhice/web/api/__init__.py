"""The assistant and the retriever over HTTP, beside the chat; each module below is one concern.

`service` makes an application whose requests are identified, admitted, limited, measured and always answered; `v1` is
the application at `/api`, put together from the routers beside it. Another protocol is another application of `service`
with its own form of failures, mounted in `zhice.web.app`.
"""
