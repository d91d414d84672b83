"""What people ask, and short answers; every figure in them is the setting or limit itself."""

from lib.runs.service.drafts import DAYS_KEPT, MOST, MOST_BYTES
from lib.settings import settings
from lib.stages.batch import BATCH_LIMIT
from lib.stages.cost import ASSUMED_LIMIT, LOOK_SECONDS
from lib.stages.read.limits import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from lib.words.say import later
from pages.about import rows
from pages.about.question import Question
from pages.runs.tokens import WHERE_TO_FIND

TOKEN = Question(
    "token",
    later("What is a token, where do I make one, and is it safe?"),
    (
        later("A token is a key that Webflow makes for one site, so that a tool may work on it for you."),
        WHERE_TO_FIND,
        later(
            "Flowsheet keeps it in memory only, for this visit and for runs of yours that still go on. It is never "
            "written to a file, a log, a web address or a download. When you come back, you paste it again. You "
            "can revoke it in Webflow at any time, in the same place. Where you sign in and your team shares a "
            "token, you need none of your own: press “Connect to your team’s site”."
        ),
    ),
)
PUBLISHING = Question(
    "publishing",
    later("When do visitors see the changes? What about drafts?"),
    (
        later(
            "By default after your next publish: Webflow holds the new values, and the published pages stay as "
            "they are until then. When a run is done you can publish its items. First you see what would go wrong: "
            "archived items, items that somebody changed since, a site that was never published, references to "
            "items that visitors cannot see. After that you can look at what visitors see now, held against what "
            "was meant. You can also choose on the Preview page to change the published pages at once."
        ),
        later(
            "[New items](#new-items) are not published at once. Each other item keeps its status, unless you "
            "choose another one or the file has a column Status, Draft or Archived."
        ),
    ),
)
ADDRESSES = Question(
    "page-addresses",
    later("What happens to page addresses (slugs)?"),
    (
        later(
            "They change only if you match a column to the slug and its text differs. Then links to the old "
            "address break: Webflow sets no redirects. The Preview page warns you and offers the list of old and "
            "new addresses."
        ),
    ),
)
LIMITS = Question(
    "limits",
    later("How large may a file be, and how long does it take?"),
    (
        later(
            "Up to {megabytes} MB, {rows:,} rows, {columns} columns and {cells:,} cells. Split a larger one into "
            "several files. One that is full up to several of these limits at once may need too much memory, and "
            "is refused."
        ),
        later(
            "Webflow answers {requests} requests a minute on its smaller plans and more on others. Up to {items} "
            "items go into one request, and reading them takes as many again. The Preview page says how long your "
            "run will take. You can close the tab meanwhile: the run goes on."
        ),
    ),
    {
        "megabytes": MAX_BYTES // 1_000_000,
        "rows": MAX_ROWS,
        "columns": MAX_COLUMNS,
        "cells": MAX_CELLS,
        "requests": ASSUMED_LIMIT,
        "items": BATCH_LIMIT,
    },
)
DRAFTS = Question(
    "drafts",
    later("Where is my work while I am at it?"),
    (
        later(
            "What you upload, match, decide and mend is kept as a draft after every change. Load the page anew or "
            "come back later: “Your drafts” on the first page goes on where you left it. Your last {drafts} drafts "
            "are kept, for {days} days, with files of up to {megabytes} MB (compressed); where everybody’s "
            "together take too much room, whoever holds most makes room. They are there for who is signed in, or "
            "else for this browser until you close it. Your token is not kept, so it is asked for again."
        ),
        later(
            "How you matched a file and settled its values is remembered for the next file with the same columns "
            "for the same collection, with the same token or sign-in, and said when it is used. On the Match page "
            "you can rename and delete what is remembered."
        ),
    ),
    {"drafts": MOST, "days": DAYS_KEPT, "megabytes": MOST_BYTES // 1_000_000},
)
EDITS = Question(
    "others",
    later("What if somebody edits an item meanwhile?"),
    (
        later(
            "Flowsheet looks before it begins and every {seconds:.0f} seconds while it sends. Items that somebody "
            "changed after your preview are held back, and you decide value by value. Only an edit in the seconds "
            "between such a look and the request can be overwritten."
        ),
    ),
    {"seconds": LOOK_SECONDS},
)
NEVER = Question(
    "never",
    later("What does Flowsheet never do?"),
    (
        later(
            "- create an item that you did not ask for\n"
            "- delete anything\n"
            "- touch a field whose column you left out\n"
            "- send anything that you did not see on the Preview page\n"
            "- lose a row of your file silently: the sums on every page add up\n"
            "- keep your token when your visit is over"
        ),
    ),
)


def undo() -> Question:
    """How to take a run back, and for how long that is possible."""
    return Question(
        "undo",
        later("Can I undo a run?"),
        (
            later(
                "Yes, for {days} days, from its results or from Runs. You see first what would change. What somebody "
                "edited after the run is left alone. Items that the run created are archived: Webflow keeps them, and "
                "you can delete them there. An undo goes the way its run went: where published pages changed at once, "
                "they change back at once, otherwise after your next publish. It can be undone too. Webflow imports "
                "images again for it."
            ),
            later("Publishing cannot be taken back here: undo the run, then publish again."),
        ),
        {"days": settings().journal_days},
    )


def questions() -> tuple[Question, ...]:
    """All of them, in the order in which people meet them."""
    return TOKEN, NEVER, *rows.QUESTIONS, ADDRESSES, PUBLISHING, LIMITS, DRAFTS, EDITS, undo()
