"""The web chat and its API: `python app.py [--host 127.0.0.1] [--port 7860] [--store DIR]` is `zhice serve`."""

import sys

from zhice.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "serve")
    main()
