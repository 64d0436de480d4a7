"""The look of the chat: quiet ink blue on paper, and only fonts the reader's own machine has."""

import gradio as gr

SANS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "system-ui", "sans-serif")
MONO = ("ui-monospace", "Consolas", "monospace")


def official() -> gr.themes.Base:
    """A theme whose fonts are plain names, so that the page asks nobody for a font file."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_sm,
        text_size=gr.themes.sizes.text_lg,
        font=[gr.themes.Font(name) for name in SANS],
        font_mono=[gr.themes.Font(name) for name in MONO],
    )
