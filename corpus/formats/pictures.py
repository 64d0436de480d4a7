"""Pictures of pages: whether one is blank or askew, and the lines that are ruled on it."""

import cv2
import numpy as np
import numpy.typing as npt

from zhice.corpus.formats.ruled import Edge

Picture = npt.NDArray[np.uint8]
Boxes = npt.NDArray[np.float64]
"""Four corners each, from the upper left one clockwise."""
ASKEW = 0.3
"""Degrees from which a page is straightened."""
RULE = 0.03
"""The least length of a ruled line, as a share of the longer side of the page: longer than the strokes of its type."""


def is_blank(drawn: Picture) -> bool:
    """Whether a page is of one colour but for specks."""
    small = cv2.resize(cv2.cvtColor(drawn, cv2.COLOR_BGR2GRAY), (200, 280), interpolation=cv2.INTER_AREA)
    return float(np.mean(np.abs(small.astype(np.float32) - float(np.median(small))) > 40)) < 0.0003


def on_its_side(boxes: Boxes) -> bool:
    """Whether most of the lines run up or down the page."""
    width = np.linalg.norm(boxes[:, 1] - boxes[:, 0], axis=1)
    height = np.linalg.norm(boxes[:, 3] - boxes[:, 0], axis=1)
    long = np.maximum(width, height) > 2 * np.minimum(width, height)
    return bool(long.sum() > 2 and (height > width)[long].mean() > 0.6)


def has_dash(drawn: Picture, box: npt.NDArray[np.float64]) -> bool:
    """Whether a long dash stands before a line: ink of two characters' length at half their height, and none above or below it."""
    left, top, bottom = float(box[:, 0].min()), float(box[:, 1].min()), float(box[:, 1].max())
    high = bottom - top
    strip = drawn[int(top) : int(bottom), max(int(left - 2.6 * high), 0) : max(int(left - 0.05 * high), 1)]
    if strip.shape[0] < 8 or strip.shape[1] < 1.2 * high:
        return False
    ink = cv2.cvtColor(np.ascontiguousarray(strip), cv2.COLOR_BGR2GRAY) < 128
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows) or not 0.3 * high < rows.mean() < 0.7 * high or np.ptp(rows) > 0.2 * high:
        return False
    return bool(ink.any(axis=0).sum() > 1.1 * high)


def straight(boxes: Boxes, drawn: Picture) -> tuple[Boxes, Picture]:
    """The boxes and the picture turned by the angle at which its long lines lie."""
    along = boxes[:, 1] - boxes[:, 0]
    width = np.linalg.norm(along, axis=1)
    long = width >= 0.5 * width.max()
    angle = float(np.median(np.degrees(np.arctan2(along[long, 1], along[long, 0]))))
    if abs(angle) < ASKEW or abs(angle) > 20:
        return boxes, drawn
    height, across = drawn.shape[:2]
    turn = cv2.getRotationMatrix2D((across / 2, height / 2), angle, 1.0)
    turned = np.asarray(cv2.warpAffine(drawn, turn, (across, height), borderValue=(255, 255, 255)), dtype=np.uint8)
    return boxes @ turn[:, :2].T + turn[:, 2], turned


def rulings(drawn: Picture) -> list[Edge]:
    """The ruled lines of a page, as edges that pdfplumber makes tables of."""
    gray = cv2.cvtColor(drawn, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    least = int(RULE * max(gray.shape))
    edges: list[Edge] = []
    for orientation, kernel, thick in (("h", (least, 1), (1, 3)), ("v", (1, least), (3, 1))):
        bold = cv2.dilate(ink, np.ones(thick, np.uint8))  # a line that is not quite straight stays whole
        found = cv2.morphologyEx(bold, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        _, _, stats, _ = cv2.connectedComponentsWithStats(found)
        for left, top, width, height, _ in stats[1:]:
            long, across = (width, height) if orientation == "h" else (height, width)
            if across * 6 < long:
                edges.append(_edge(float(left), float(top), float(width), float(height), orientation))
    return edges


def _edge(left: float, top: float, width: float, height: float, orientation: str) -> Edge:
    """A ruled line without its thickness."""
    flat = orientation == "h"
    x, y = (left, top + height / 2) if flat else (left + width / 2, top)
    width, height = (width, 0.0) if flat else (0.0, height)
    return {"x0": x, "x1": x + width, "top": y, "bottom": y + height, "width": width, "height": height, "orientation": orientation}
