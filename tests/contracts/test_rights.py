"""Every address of the project, for every role, for the treating clinician, the colleague, the stranger and nobody."""

import copy
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.contracts.pages import PAGES
from tests.contracts.rights import Page, Visitor, addresses, expected
from tests.contracts.world import PARTS, VISITORS, visitor
from tests.fixtures.people import People

PARTS_OF = dict(addresses())


def test_every_address_is_listed_and_every_line_has_an_address() -> None:
    existing = [name for name, _ in addresses()]
    assert "" not in existing, "an address without a name can't be walked"
    listed = [page.name for page in PAGES]
    assert sorted(listed) == sorted(set(listed))
    assert set(existing) - set(listed) == set(), "addresses that tests/contracts/pages.py does not know"
    assert set(listed) - set(existing) == set(), "lines of tests/contracts/pages.py without an address"


@pytest.mark.parametrize("name", VISITORS)
def test_each_person_is_let_in_where_they_should_be_and_nowhere_else(
    name: str, people: People, test_kinds: None
) -> None:
    # Wrong tries are counted in the cache, which the visitors before have used too.
    cache.clear()
    who = visitor(name, people)
    client = Client(raise_request_exception=False)
    if who.user:
        client.force_login(who.user)
    wrong = [sentence for page in PAGES if page.name in PARTS_OF for sentence in _mistakes(page, who, client, people)]
    assert not wrong, f"{name}:\n" + "\n".join(wrong)


def _mistakes(page: Page, who: Visitor, client: Client, people: People) -> Iterator[str]:
    """Ask for the page in each way, and take back whatever was made or written for it."""
    with transaction.atomic():
        parts = {part: page.make.get(part, PARTS[part])(people) for part in PARTS_OF[page.name]}
        address = reverse(page.name, kwargs=parts)
        for method in ("get", "post"):
            answer = _ask(client, method, address)
            if not _is_right(page, who, method, answer):
                right = sorted(expected(page, who, method))
                yield f"{page.name}: {method} {address} gave {answer.status_code}, right is one of {right}"
        transaction.set_rollback(True)


def _ask(client: Client, method: str, address: str) -> HttpResponse:
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(address)
        transaction.set_rollback(True)
    # Signing out is one of the pages.
    client.cookies = cookies
    return answer


def _is_right(page: Page, who: Visitor, method: str, answer: HttpResponse) -> bool:
    sent_to_sign_in = answer.status_code == 302 and answer.url.startswith("/account/login/")
    if sent_to_sign_in and who.user is not None and page.name != "account_logout":
        return False
    return answer.status_code in expected(page, who, method)
