"""What people ask, and short answers; every figure in them is the setting or limit itself."""

from dataclasses import dataclass

from lib.runs.service.drafts import DAYS_KEPT, MOST, MOST_BYTES
from lib.settings import settings
from lib.stages.batch import BATCH_LIMIT
from lib.stages.cost import ASSUMED_LIMIT, LOOK_SECONDS
from lib.stages.read.limits import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from pages.runs.tokens import WHERE_TO_FIND


@dataclass(frozen=True)
class Question:
    """One question; `anchor` is its place on the page, `answer` is Markdown of our own."""

    anchor: str
    title: str
    answer: str


TOKEN = Question(
    "token",
    "What is a token, where do I make one, and is it safe?",
    f"""
A token is a key that Webflow makes for one site, so that a tool may work on it for you.

{WHERE_TO_FIND}

Flowsheet keeps it in memory only, for this visit and for runs of yours that still go on. It is never written to a
file, a log, a web address or a download. When you come back, you paste it again. You can revoke
it in Webflow at any time, in the same place. Where you sign in and your team shares a token, you need none of your own:
press “Connect to your team’s site”.
""",
)
ITEM_ID = Question(
    "item-id",
    "How does a row find its item? What is an Item ID?",
    """
One column of your file says which item each row is about: you choose it on the Match page. An **Item ID** is
Webflow's own name for an item and the surest way. It stands in every export and in “Current items” on the Upload page.
The page address (slug), or another column whose values are all different, does as well.

An item is found by exactly what it holds. What is merely close is shown to you, never taken. A row that finds no item
is left out, unless you let it [create a new one](#new-items).
""",
)
NEW_ITEMS = Question(
    "new-items",
    "Can a row create a new item?",
    """
Yes, if you say so: the Check page counts the rows that have no item yet and offers to create them. Until you choose
that, they are left out. A new item needs a name and a value for every required field; its page address is taken from
your file, or else made from its name. A row with an Item ID that no item has creates none: empty that cell where the
item was deleted. On a site with several languages, new items begin in the primary one.

New items come as drafts, or ready for the site's next publishing: choose on the Preview page. They are never published
at once with the others. If an item with the same page address was made meanwhile, yours is held back, and you decide.
After the run you can download your file with the new Item IDs filled in. Undoing the run archives what it created.
""",
)
LANGUAGES = Question(
    "languages",
    "How do I update a site with several languages?",
    """
Choose the language on the first page. Or give your file a column “Locale” with the language of each row, by its name,
its tag such as de-AT, or the id that Webflow's own exports have: then one file updates several languages. Rows without
one are about the language that you chose. References are looked up among items that have the row's language.

Where an item is there but lacks the language, a row with its Item ID can add it, as a translation: the Check page
offers that. Of a translation only what differs from the item in the site's primary language is sent, so that all else
goes on following it. Webflow hardly describes how a language is added, so the first translation of a run is sent
alone, and no second one if Webflow makes something else of it.
""",
)
EMPTY_CELLS = Question(
    "empty-cells",
    "What does an empty cell do?",
    """
Nothing: the item keeps its value. For each column whose field is not required you can choose on the Match page that an
empty cell erases the value. A column that you leave out is never touched.
""",
)
REFERENCES = Question(
    "references",
    "How do I write references?",
    """
As the other item's name, its page address (slug) or its Item ID. Several in one cell are parted by a semicolon;
vertical bars, commas and line breaks are understood too. A name that several items share is a problem: write the page
address instead.
""",
)
OPTIONS = Question(
    "options",
    "How do I write options, yes and no, dates and numbers?",
    """
An option by its name, yes and no in the words of your language or as true and false. Dates and numbers as people
write them; where 03/04 could be two days, or 1.500 two numbers, you are asked. An option that the field does not
have is a problem: make it in Webflow first.
""",
)
IMAGES = Question(
    "images",
    "How do I bring images and files?",
    """
As web addresses that anybody can open, since Webflow fetches them from there. Pages that merely show a file, such
as links shared from Google Drive or Dropbox, do not work; the Check page mends those with one click. Webflow takes
images of up to 4 MB.

An image that did not change is not sent, since Webflow would import it again.

Its alt text goes into a column of its own, such as “Main image alt”, and may be changed alone; Webflow then imports the
image again all the same. No such column, or an empty cell unless you chose otherwise, leaves the alt text as it
is, also beside a new image. Of several images in one field, each alt text stands behind its address, with a
bar between them: `https://… | A red chair; https://… | A blue one`.

When Webflow refuses an image, nothing of its row is sent, unless you choose on Preview that the rest goes on
without it. Results name each image that was refused.
""",
)
PUBLISHING = Question(
    "publishing",
    "When do visitors see the changes? What about drafts?",
    """
By default after your next publish: Webflow holds the new values, and the published pages stay as they are until then.
When a run is done you can publish its items. First you see what would go wrong: archived items, items that somebody
changed since, a site that was never published, references to items that visitors cannot see. After that you can look at
what visitors see now, held against what was meant. You can also choose on the Preview page to change the published
pages at once.

[New items](#new-items) are not published at once. Each other item keeps its status, unless you choose another one or
the file has a column Status, Draft or Archived.
""",
)
ADDRESSES = Question(
    "page-addresses",
    "What happens to page addresses (slugs)?",
    """
They change only if you match a column to the slug and its text differs. Then links to the old address break: Webflow
sets no redirects. The Preview page warns you and offers the list of old and new addresses.
""",
)


def undo() -> Question:
    """How to take a run back, and for how long that is possible."""
    return Question(
        "undo",
        "Can I undo a run?",
        f"""
Yes, for {settings().journal_days} days, from its results or from Runs. You see first what would change. What somebody
edited after the run is left alone. Items that the run created are archived: Webflow keeps them, and you can delete them
there. An undo goes the way its run went: where published pages changed at once, they
change back at once, otherwise after your next publish. It can be undone too. Webflow imports images again for it.

Publishing cannot be taken back here: undo the run, then publish again.
""",
    )


LIMITS = Question(
    "limits",
    "How large may a file be, and how long does it take?",
    f"""
Up to {MAX_BYTES // 1_000_000} MB, {MAX_ROWS:,} rows, {MAX_COLUMNS} columns and {MAX_CELLS:,} cells. Split a larger one
into several files. One that is full up to several of these limits at once may need too much memory, and is refused.

Webflow answers {ASSUMED_LIMIT} requests a minute on its smaller plans and more on others. Up to {BATCH_LIMIT} items go
into one request, and reading them takes as many again. The Preview page says how long your run will take. You
can close the tab meanwhile: the run goes on.
""",
)
DRAFTS = Question(
    "drafts",
    "Where is my work while I am at it?",
    f"""
What you upload, match, decide and mend is kept as a draft after every change. Load the page anew or come back later:
“Your drafts” on the first page goes on where you left it. Your last {MOST} drafts are kept, for {DAYS_KEPT} days, with
files of up to {MOST_BYTES // 1_000_000} MB (compressed); where everybody’s together take too much room, whoever holds
most makes room. They are there for who is signed in, or else for this browser until you close it. Your token is not
kept, so it is asked for again.

How you matched a file and settled its values is remembered for the next file with the same columns for the same
collection, with the same token or sign-in, and said when it is used. On the Match page you can rename and delete what
is remembered.
""",
)
EDITS = Question(
    "others",
    "What if somebody edits an item meanwhile?",
    f"""
Flowsheet looks before it begins and every {LOOK_SECONDS:.0f} seconds while it sends. Items that somebody changed after
your preview are held back, and you decide value by value. Only an edit in the seconds between such a look and the
request can be overwritten.
""",
)
NEVER = Question(
    "never",
    "What does Flowsheet never do?",
    """
- create an item that you did not ask for
- delete anything
- touch a field whose column you left out
- send anything that you did not see on the Preview page
- lose a row of your file silently: the sums on every page add up
- keep your token when your visit is over
""",
)


def questions() -> tuple[Question, ...]:
    """All of them, in the order in which people meet them."""
    about_rows = (ITEM_ID, NEW_ITEMS, LANGUAGES, EMPTY_CELLS, REFERENCES, OPTIONS, IMAGES)
    return TOKEN, NEVER, *about_rows, ADDRESSES, PUBLISHING, LIMITS, DRAFTS, EDITS, undo()
