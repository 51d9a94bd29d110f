"""The way of a sleep study or referral: which step may follow which, and what each is called."""

from typing import Final

from apps.screening.choices import REFERRAL_ENDS, ReferralState

# A booking may be skipped: some tests need none. An appointment that is moved is booked again.
NEXT: Final[dict[ReferralState, tuple[ReferralState, ...]]] = {
    ReferralState.WANTED: (ReferralState.ORDERED,),
    ReferralState.ORDERED: (ReferralState.BOOKED, ReferralState.DONE),
    ReferralState.BOOKED: (ReferralState.DONE, ReferralState.BOOKED),
    ReferralState.DONE: (ReferralState.RESULT,),
    ReferralState.RESULT: (ReferralState.ACTED_ON,),
}
# The button that takes the step.
ACTIONS: Final = {
    ReferralState.ORDERED: "Order it",
    ReferralState.BOOKED: "Enter the appointment",
    ReferralState.DONE: "It was done",
    ReferralState.RESULT: "Enter the result",
    ReferralState.ACTED_ON: "Say what was done about it",
}
# What is waited for, on lists.
WAITS_FOR: Final = {
    ReferralState.WANTED: "to be ordered",
    ReferralState.ORDERED: "to be booked or done",
    ReferralState.BOOKED: "to be done",
    ReferralState.DONE: "for the result",
    ReferralState.RESULT: "for somebody to act on the result",
}


def may_follow(state: str) -> tuple[ReferralState, ...]:
    """The steps that may come next; none once it is over."""
    return NEXT.get(ReferralState(state), ())


def is_open(state: str) -> bool:
    """Whether something is still to come."""
    return state not in REFERRAL_ENDS
