"""Where a question is typed, and the buttons beside it."""

import gradio as gr

from zhice.web.texts import label


def create() -> tuple[gr.Textbox, gr.Button, gr.Button, gr.Button]:
    """The field and the buttons that send, stop and begin anew."""
    with gr.Row(elem_id="composer"):
        question = gr.Textbox(
            label=label("chat.question_label"),
            placeholder=label("chat.question_hint"),
            show_label=False,
            container=False,
            max_lines=6,
            scale=6,
            min_width=160,
            autofocus=True,
            elem_id="question",
        )
        send = gr.Button(label("chat.send"), variant="primary", scale=0, min_width=72, elem_id="send")
        stop = gr.Button(label("habits.stop"), scale=0, min_width=72, elem_id="stop")
        restart = gr.Button(label("chat.restart"), scale=0, min_width=72, elem_id="restart")
    return question, send, stop, restart
