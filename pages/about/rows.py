"""What people ask about the rows of their file: how each finds its item, and what each kind of cell does."""

from lib.words.say import later
from pages.about.question import Question

ITEM_ID = Question(
    "item-id",
    later("How does a row find its item? What is an Item ID?"),
    (
        later(
            "One column of your file says which item each row is about: you choose it on the Match page. An **Item "
            "ID** is Webflow's own name for an item and the surest way. It stands in every export and in “Current "
            "items” on the Upload page. The page address (slug), or another column whose values are all different, "
            "does as well."
        ),
        later(
            "An item is found by exactly what it holds. What is merely close is shown to you, never taken. A row "
            "that finds no item is left out, unless you let it [create a new one](#new-items)."
        ),
    ),
)
NEW_ITEMS = Question(
    "new-items",
    later("Can a row create a new item?"),
    (
        later(
            "Yes, if you say so: the Check page counts the rows that have no item yet and offers to create them. "
            "Until you choose that, they are left out. A new item needs a name and a value for every required "
            "field; its page address is taken from your file, or else made from its name. A row with an Item ID "
            "that no item has creates none: empty that cell where the item was deleted. On a site with several "
            "languages, new items begin in the primary one."
        ),
        later(
            "New items come as drafts, or ready for the site's next publishing: choose on the Preview page. They "
            "are never published at once with the others. If an item with the same page address was made "
            "meanwhile, yours is held back, and you decide. After the run you can download your file with the new "
            "Item IDs filled in. Undoing the run archives what it created."
        ),
    ),
)
LANGUAGES = Question(
    "languages",
    later("How do I update a site with several languages?"),
    (
        later(
            "Choose the language on the first page. Or give your file a column “Locale” with the language of each "
            "row, by its name, its tag such as de-AT, or the id that Webflow's own exports have: then one file "
            "updates several languages. Rows without one are about the language that you chose. References are "
            "looked up among items that have the row's language."
        ),
        later(
            "Where an item is there but lacks the language, a row with its Item ID can add it, as a translation: "
            "the Check page offers that. Of a translation only what differs from the item in the site's primary "
            "language is sent, so that all else goes on following it. Webflow hardly describes how a language is "
            "added, so the first translation of a run is sent alone, and no second one if Webflow makes something "
            "else of it."
        ),
    ),
)
EMPTY_CELLS = Question(
    "empty-cells",
    later("What does an empty cell do?"),
    (
        later(
            "Nothing: the item keeps its value. For each column whose field is not required you can choose on the "
            "Match page that an empty cell erases the value. A column that you leave out is never touched."
        ),
    ),
)
REFERENCES = Question(
    "references",
    later("How do I write references?"),
    (
        later(
            "As the other item's name, its page address (slug) or its Item ID. Several in one cell are parted by a "
            "semicolon; vertical bars, commas and line breaks are understood too. A name that several items share "
            "is a problem: write the page address instead."
        ),
    ),
)
OPTIONS = Question(
    "options",
    later("How do I write options, yes and no, dates and numbers?"),
    (
        later(
            "An option by its name, yes and no in the words of your language or as true and false. Dates and "
            "numbers as people write them; where 03/04 could be two days, or 1.500 two numbers, you are asked. An "
            "option that the field does not have is a problem: make it in Webflow first."
        ),
    ),
)
IMAGES = Question(
    "images",
    later("How do I bring images and files?"),
    (
        later(
            "As web addresses that anybody can open, since Webflow fetches them from there. Pages that merely show "
            "a file, such as links shared from Google Drive or Dropbox, do not work; the Check page mends those "
            "with one click. Webflow takes images of up to 4 MB."
        ),
        later("An image that did not change is not sent, since Webflow would import it again."),
        later(
            "Its alt text goes into a column of its own, such as “Main image alt”, and may be changed alone; "
            "Webflow then imports the image again all the same. No such column, or an empty cell unless you chose "
            "otherwise, leaves the alt text as it is, also beside a new image. Of several images in one field, "
            "each alt text stands behind its address, with a bar between them: `https://… | A red chair; https://… "
            "| A blue one`."
        ),
        later(
            "When Webflow refuses an image, nothing of its row is sent, unless you choose on Preview that the rest "
            "goes on without it. Results name each image that was refused."
        ),
    ),
)
QUESTIONS = (ITEM_ID, NEW_ITEMS, LANGUAGES, EMPTY_CELLS, REFERENCES, OPTIONS, IMAGES)
