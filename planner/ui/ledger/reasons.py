"""Why a key of the ledger cannot act on a loop, and which one can."""

from __future__ import annotations

from planner.core.model import ItemKind

REASONS: dict[str, dict[ItemKind, str]] = {
    "promise": {
        ItemKind.PROMISE: "You promised it already; c says it is done",
        ItemKind.ASK: "That is what you asked for; N nudges",
        ItemKind.THANKS: "They helped already; T says thanks",
        ItemKind.OUTCOME: "They helped already; O tells how it went",
    },
    "done": {
        ItemKind.THANKS: "The help came already; T says thanks",
        ItemKind.OUTCOME: "The help came already; O tells how it went",
    },
    "offer": {
        ItemKind.ASK: "That is what you asked for; R lets it rest",
        ItemKind.THANKS: "They helped you; T says thanks",
        ItemKind.OUTCOME: "They helped you; O tells how it went",
    },
    "thank": {
        ItemKind.REQUEST: "Nobody helped you there yet; y promises what they ask",
        ItemKind.PROMISE: "Thanks are theirs to say; c says your help is done",
        ItemKind.ASK: "The help did not come yet; c says it came",
        ItemKind.OUTCOME: "Thanks are said; O tells how it went",
    },
    "outcome": {
        ItemKind.REQUEST: "Nobody helped you there yet; y promises what they ask",
        ItemKind.PROMISE: "It is your help; c says it is done",
        ItemKind.ASK: "The help did not come yet; c says it came",
    },
    "nudge": {
        ItemKind.REQUEST: "They wait for you; y promises it, o offers something else",
        ItemKind.PROMISE: "They wait for you; c says it is done",
        ItemKind.THANKS: "They helped already; T says thanks",
        ItemKind.OUTCOME: "They helped already; O tells how it went",
    },
    "rest": {
        ItemKind.REQUEST: "They wait for an answer; o offers something else",
        ItemKind.PROMISE: "You promised it; o offers something else",
        ItemKind.THANKS: "They helped you; T says thanks",
        ItemKind.OUTCOME: "They helped you; O tells how it went",
    },
}
"""By verb and kind of loop; what is not here can be done."""
