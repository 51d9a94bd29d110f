"""What makes a page hard to use for somebody: found by axe where it can, by our own look at the page where it can't."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# Not success criteria, but what a keyboard or screen-reader user meets first.
GOOD_PRACTICE = ["heading-order", "landmark-one-main", "page-has-heading-one", "region", "skip-link", "empty-heading"]

SAME_TEXT_TWO_PLACES = """() => {
  const places = new Map();
  for (const link of document.querySelectorAll('a[href]')) {
    if (link.closest('[hidden]') || link.closest('svg') || !link.checkVisibility()) continue;
    const name = (link.getAttribute('aria-label') || link.textContent).replace(/\\s+/g, ' ').trim();
    if (!places.has(name)) places.set(name, new Set());
    places.get(name).add(link.href.split('#')[0] + (link.hash || ''));
  }
  return [...places].filter(([, hrefs]) => hrefs.size > 1).map(([name, hrefs]) => `${name}: ${[...hrefs].join(' and ')}`);
}"""

WIDER_THAN_WINDOW = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const culprits = [...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > root.clientWidth + 1)
    .filter(element => !element.closest('.scroll, svg'))
    .slice(0, 5)
    .map(element => `${element.tagName.toLowerCase()}.${element.className} ends at ${
      Math.round(element.getBoundingClientRect().right)} of ${root.clientWidth}`);
  return culprits.length ? culprits : [`something is ${root.scrollWidth} wide, the window ${root.clientWidth}`];
}"""


def _axe_violations(page: Page) -> list[dict[str, Any]]:
    axe = Axe()
    by_standard = axe.run(
        page, options={"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]}
    ).response["violations"]
    by_practice = axe.run(
        page, options={"runOnly": {"type": "rule", "values": GOOD_PRACTICE}, "resultTypes": ["violations"]}
    ).response["violations"]
    return [*by_standard, *by_practice]


def accessibility_problems(page: Page) -> list[str]:
    """One readable line for each problem of the page as it is shown now; an empty list when there is none."""
    problems = []
    for violation in _axe_violations(page):
        for node in violation["nodes"]:
            detail = "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))
            problems.append(f"{violation['id']}: {violation['help']} | {node['html'][:200]} | {detail}")
    problems += [f"same link text, two places: {line}" for line in page.evaluate(SAME_TEXT_TWO_PLACES)]
    problems += [f"wider than the window: {line}" for line in page.evaluate(WIDER_THAN_WINDOW)]
    return problems
