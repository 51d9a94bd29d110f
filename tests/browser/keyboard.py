"""Working a page with the keyboard alone: Tab to a thing, type into it, press Enter."""

import re

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 250


class Keyboard:
    """Somebody who has no mouse. Everything that is used has to be reachable by Tab."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the thing has the focus.

        Raises AssertionError when it can't be reached.
        """
        self._tab_until(target, "wanted => document.activeElement === wanted")

    def tab_into(self, target: Locator) -> None:
        """Press Tab until something within the thing has the focus.

        Raises AssertionError when it can't be reached.
        """
        self._tab_until(target, "wanted => wanted.contains(document.activeElement)")

    def _tab_until(self, target: Locator, reached: str) -> None:
        expect(target).to_be_visible()
        wanted = target.element_handle()
        for _ in range(MOST_TABS):
            if self.page.evaluate(reached, wanted):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target} on {self.page.url}")

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow a link by its name."""
        self.tab_to(self.page.get_by_role("link", name=name).first)
        self._leave_by("Enter")

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button by its name."""
        self.tab_to(self.page.get_by_role("button", name=name).first)
        self._leave_by("Enter")

    def write(self, label: str, text: str) -> None:
        """Replace what stands in a field."""
        self.tab_to(self.page.get_by_label(_label(label)))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list by typing the beginning of the option, as the browser offers it."""
        field = self.page.get_by_role("combobox", name=_label(label))
        self.tab_to(field)
        self.page.keyboard.type(option, delay=5)
        chosen = field.evaluate("field => field.selectedOptions[0].text")
        assert chosen.lower().startswith(option.lower()), f"typing {option!r} chose {chosen!r}"

    def tick(self, target: Locator) -> None:
        """Tick a box or choose a radio button with the space bar."""
        self.tab_to(target)
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def pick(self, group: Locator, option: str | re.Pattern[str]) -> None:
        """Choose a radio button as a browser offers it: Tab goes to the group, arrows within it."""
        target = group.get_by_role("radio", name=option)
        self.tab_into(group)
        self.page.keyboard.press("Space")
        for _ in range(group.get_by_role("radio").count()):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"arrow keys never reach {option!r}")

    def _leave_by(self, key: str) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


def _label(words: str) -> re.Pattern[str]:
    """The label of a field, whether or not it says that the field is optional."""
    # Escaped by hand: the pattern is read by the browser, which knows fewer escapes than Python makes.
    plain = re.sub(r"([.*+?^${}()|\[\]\\/])", r"\\\1", words)
    return re.compile(rf"^\s*{plain}\s*(\(optional\))?\s*$")
