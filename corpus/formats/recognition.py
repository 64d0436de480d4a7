"""Lines of text on a picture, by rapidocr, whose models are in its wheel: nothing is fetched."""

import re
from functools import lru_cache
from typing import Any

import numpy as np

from zhice.corpus.formats import pictures
from zhice.corpus.formats.pictures import Boxes, Picture

_NARROW = re.compile(r"(?<=[\u4e00-\u9fff”》〕）)])[,;:?!()]|[,;:?!(](?=[\u4e00-\u9fff])")
_DASH = re.compile(r"(?<=\d)一(?=\d)|(?<=(?:19|20)\d\d)一$|^一(?=(?:19|20)\d\d年)|^—(?=[\u4e00-\u9fff])")
_APART = re.compile(r"(?<=[^A-Za-z])\s+|\s+(?=[^A-Za-z])")


def upright(drawn: Picture) -> tuple[Boxes, list[str], list[float], Picture]:
    """The boxes, words and certainties of a picture, and the picture as it was turned for them."""
    boxes, words, scores, turned = run(drawn)
    if words and pictures.on_its_side(boxes):
        drawn = np.ascontiguousarray(np.rot90(drawn))
        boxes, words, scores, turned = run(drawn)
    if words and turned:
        drawn = np.ascontiguousarray(np.rot90(drawn, 2))
        boxes, words, scores, turned = run(drawn)
    return boxes, words, scores, drawn


def run(drawn: Picture) -> tuple[Boxes, list[str], list[float], bool]:
    engine = _engine()
    found = engine(drawn)
    if found.boxes is None or found.txts is None:
        return np.zeros((0, 4, 2)), [], [], False
    read = [(box, tidied(words), float(score)) for box, words, score in zip(found.boxes, found.txts, found.scores, strict=True)]
    read = [entry for entry in read if entry[1]]
    boxes = np.array([box for box, _, _ in read], dtype=np.float64).reshape(-1, 4, 2)
    return boxes, [words for _, words, _ in read], [score for *_, score in read], engine.turned


def tidied(words: str) -> str:
    """Words as OCR gives them, with the marks of Chinese: OCR mixes wide and narrow ones, sees — between figures as 一, and —— as —."""
    words = "".join(_APART.split(words.strip()))
    words = _NARROW.sub(lambda found: chr(ord(found[0]) + 0xFEE0), words)
    return _DASH.sub(lambda found: "——" if found[0] == "—" else "—", words)


@lru_cache(1)
def _engine() -> Any:  # noqa: ANN401  (rapidocr has no types)
    """The OCR of this process, on one thread: pages are read side by side in several processes."""
    from rapidocr import RapidOCR  # costs a second, and only scans need it

    class Engine(RapidOCR):  # type: ignore[misc]
        """Also tells whether most lines of the last picture stood on their heads."""

        turned = False

        def cls_and_rotate(self, crops: list[Picture]) -> Any:  # noqa: ANN401  (a type of rapidocr)
            images, result = super().cls_and_rotate(crops)
            over = [label for label, score in result.cls_res or [] if score > 0.9]
            self.turned = 2 * sum("180" in label for label in over) > max(len(crops), 1)
            return images if self.turned else crops, result  # a line alone on its head is a mistake of the classifier

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return Engine(params={"Global.log_level": "critical", "Global.text_score": 0.0, **threads})
