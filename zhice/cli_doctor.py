"""`zhice doctor`."""


def doctor() -> None:
    """列出版本、处理器和模型 (versions, processor and model)."""
    from zhice.doctor import report

    for name, found in report():
        print(f"{name}: {found}")
