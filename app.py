"""Start the web chat: `python app.py [--host 127.0.0.1] [--port 7860] [--store DIR]`."""

from zhice.web.app import main

if __name__ == "__main__":
    main()
