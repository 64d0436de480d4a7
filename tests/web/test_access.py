"""Every view in light and dark at the widths of a desk and of a phone: axe-core finds nothing serious or critical.

With `$ZHICE_SCREENSHOTS` the pictures of docs/screens are taken on the way.
"""

from importlib import resources

import pytest

from tests.web.browsing import DESKTOP, PHONE, picture
from tests.web.scenes import SCENES, expect, played

pytest.importorskip("axe_playwright_python", reason="no axe-core: pip install -r requirements-dev.txt")

pytestmark = pytest.mark.browser
AXE = resources.files("axe_playwright_python") / "axe.min.js"
BAD = {"serious", "critical"}
CHECK = "alike => axe.run({ exclude: [alike] }, { resultTypes: ['violations'] })"
ALIKE = "tbody tr:nth-child(n + 13)"
"""Rows made as those before them: of a hundred, the first dozen are checked."""
PICTURED = {
    "light": {"chat", "table", "tasks", "why", "filters", "document", "ledger", "compare"},
    "dark": {"chat", "document", "ledger"},
}


def violations(page):
    """What is serious or critical: the rule, how many nodes break it, and the first ones with why."""
    found = page.evaluate(CHECK, ALIKE)["violations"]
    return [
        f"{one['id']} ({one['impact']}, {len(one['nodes'])}): {node['html'][:160]} — {node['failureSummary']}"
        for one in found
        if one["impact"] in BAD
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", SCENES)
def test_no_serious_violation(visit, open_chat, name, size):
    page = played(visit, open_chat[0], SCENES[name], size)
    page.emulate_media(reduced_motion="reduce")  # colours do not fade
    page.evaluate(AXE.read_text("utf-8"))
    bad = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body.dark")).to_have_count(int(scheme == "dark"))
        bad[scheme] = violations(page)
        if name in PICTURED[scheme]:
            picture(page, "-".join(filter(None, (name, size is PHONE and "phone", scheme == "dark" and "dark"))))
    assert not bad["light"] + bad["dark"], "\n".join(bad["light"] + bad["dark"])
