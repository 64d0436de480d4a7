"""Call the MCP server with the official client.

`python examples/mcp_client.py ADDRESS` asks a server that `zhice serve` started; without an address, `zhice mcp` is
started on standard input and output.
"""

import asyncio
import os
import sys

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client


async def main(address: str) -> None:
    program = StdioServerParameters(command=sys.executable, args=["-m", "zhice", "mcp"], env=dict(os.environ))
    async with Client(f"{address}/mcp" if address else stdio_client(program)) as client:
        for tool in (await client.list_tools()).tools:
            print(tool.name, tool.title)
        found = await client.call_tool("search", {"query": "哪个部门负责知识产权质押"})
        first = found.structured_content["results"][0]
        print(first["title"], first["url"])
        fetched = await client.call_tool("fetch", {"id": first["id"]})
        print(fetched.structured_content["text"])


asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else ""))
