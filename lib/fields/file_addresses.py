"""Addresses that lead Webflow to no file, or not for long: known by their form alone, since nothing is fetched here.

An error is what can never work: Webflow would fetch a page, a folder or a form to sign in. A warning is what may.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from lib.fields.mend import each_text
from lib.model.problem import Problem, Severity
from lib.words.say import later, say

# What Webflow takes as an image (documented), and endings that are certainly something else.
IMAGES = later("JPEG, PNG, GIF, SVG, WebP or AVIF")
_NO_IMAGES = (
    "pdf doc docx odt rtf xls xlsx ods csv ppt pptx key pages numbers txt md json xml zip rar 7z gz mp4 mov avi webm "
    "mkv mp3 wav m4a ogg psd ai eps indd sketch fig tif tiff bmp heic heif jxl jp2 raw cr2 nef dng ico html htm"
)
NO_IMAGES = frozenset(_NO_IMAGES.split())
_FILE = later("an address that leads to the file itself")


@dataclass(frozen=True, slots=True)
class Place:
    """Addresses of one service, and what is wrong with them as addresses of files, in English; `where` follows
    `https://`."""

    where: str
    kind: str
    expected: str
    fix: str
    severity: Severity = Severity.ERROR

    def problem(self) -> Problem:
        """The word about an address of this place."""
        return Problem(kind=self.kind, expected=say(self.expected), fix=say(self.fix), severity=self.severity)


# The first that fits counts.
PLACES = (
    Place(
        r"drive\.google\.com/(?:drive/|folderview|embeddedfolderview)",
        later("Google Drive folder"),
        _FILE,
        later(
            "This is a folder. Share each file with anyone who has the link, and write its own address: "
            "https://drive.google.com/uc?export=download&id=…"
        ),
    ),
    Place(
        r"drive\.google\.com/(?!uc\b|thumbnail\b)",
        later("Google Drive page"),
        _FILE,
        later(
            "This page shows the file, and Webflow would fetch the page. Share the file with anyone who has the link, "
            "and write https://drive.google.com/uc?export=download&id=… with the id from this address."
        ),
    ),
    Place(
        r"docs\.google\.com/(?!uc\b|\S*(?:/export\b|/pub\b|[?&]output=))",
        later("Google Docs page"),
        _FILE,
        later(
            "This page is for reading and editing a document. Download the document as a file. Put the file where "
            "anyone can fetch it, and write that address."
        ),
    ),
    Place(
        r"(?:www\.)?dropbox\.com/(?:home|work|preview|request|sh/|scl/fo/)",
        later("Dropbox folder"),
        _FILE,
        later("This leads to a folder, or needs your sign-in. Share the file itself, and end its link with raw=1."),
    ),
    Place(
        r"(?:www\.)?dropbox\.com/(?!\S*[?&](?:raw|dl)=1\b)",
        later("Dropbox page"),
        _FILE,
        later("Webflow may fetch the page that shows the file. End the link with raw=1 instead of dl=0."),
        Severity.WARNING,
    ),
    Place(
        r"(?:1drv\.ms/|onedrive\.live\.com/(?!download\b|embed\b)|[\w-]+\.sharepoint\.com/(?!\S*[?&]download=1\b))",
        later("OneDrive or SharePoint page"),
        _FILE,
        later(
            "This page shows the file, often only after signing in, and Webflow would fetch the page. Put the file "
            "where anyone can fetch it, and write that address."
        ),
    ),
    Place(
        r"(?:onedrive\.live\.com|[\w-]+\.sharepoint\.com)/",
        later("OneDrive or SharePoint file"),
        later("an address that anyone can fetch"),
        later(
            "Webflow gets it only if the link works for anyone without signing in. Put the file where anyone can fetch "
            "it, and write that address."
        ),
        Severity.WARNING,
    ),
    Place(
        r"(?:photos\.app\.goo\.gl|photos\.google\.com|(?:www\.)?icloud\.com|(?:www\.)?wetransfer\.com|we\.tl)/",
        later("A page that shows a file"),
        _FILE,
        later(
            "Webflow would fetch the page, not the file on it. Put the file where anyone can fetch it, and write that "
            "address."
        ),
    ),
    Place(
        r"(?:www\.)?imgur\.com/(?![\w-]+\.\w{3,4}(?:$|\?))",
        later("A page that shows a file"),
        _FILE,
        later(
            "Webflow would fetch the page, not the picture on it. Write the address of the picture: "
            "https://i.imgur.com/…"
        ),
    ),
    Place(
        r"(?:v\d+\.airtableusercontent\.com|dl\.airtable\.com)/",
        later("Airtable link that expires"),
        later("an address that lasts"),
        later(
            "Airtable's links to attachments work for about two hours. Send this soon after exporting it, or put the "
            "files where they stay."
        ),
        Severity.WARNING,
    ),
    Place(
        r"\S*[?&](?:X-Amz-Expires|X-Goog-Expires|expirationTimestamp)=",
        later("Link that expires"),
        later("an address that lasts"),
        later("This link works for a limited time. Send this soon after exporting it, or put the file where it stays."),
        Severity.WARNING,
    ),
)
_KNOWN = tuple((re.compile(rf"https?://{place.where}", re.IGNORECASE), place) for place in PLACES)
# What one of these places or endings has at least, for Arrow's engine and for ours.
MAY_BE_NO_FILE = (
    r"(?i)://[^/?#]*(?:google\.com|goo\.gl|dropbox\.com|1drv\.ms|onedrive\.live\.com|sharepoint\.com|icloud\.com"
    r"|wetransfer\.com|we\.tl|imgur\.com|airtableusercontent\.com|airtable\.com)|expir"
)
MAY_BE_NO_IMAGE = rf"{MAY_BE_NO_FILE}|\.(?:{'|'.join(sorted(NO_IMAGES))})(?:[?#]|$)"
_MAY_BE_WRONG = re.compile(MAY_BE_NO_IMAGE)


def words_about(urls: Sequence[str], *, are_images: bool) -> tuple[Problem, ...]:
    """What is wrong with these addresses, errors first, each word once."""
    doubtful = (url for url in urls if _MAY_BE_WRONG.search(url))
    found = dict.fromkeys(word for url in doubtful for word in _words_about(url, are_images))
    return tuple(sorted(found, key=lambda word: word.severity is not Severity.ERROR))


def _words_about(url: str, are_images: bool) -> Iterator[Problem]:
    place = next((place for pattern, place in _KNOWN if pattern.match(url)), None)
    if place:
        yield place.problem()
    elif are_images and (ending := ending_of(url)) in NO_IMAGES:
        yield _no_image(ending, is_asked="?" in url)


def _no_image(ending: str, is_asked: bool) -> Problem:
    """Behind a question mark, a server may be asked to make an image of it."""
    images = say(IMAGES)
    told = say("Webflow takes {images} here, and this ends in .{ending}.", images=images, ending=ending)
    way_out = say("It works only if the server makes an image of it.") if is_asked else say("Save it as one of these.")
    return Problem(
        kind=later("Not an image"),
        expected=say("an image: {images}", images=images),
        fix=f"{told} {way_out}",
        severity=Severity.WARNING if is_asked else Severity.ERROR,
    )


def ending_of(url: str) -> str:
    """What the name of the file at an address ends in, in small letters; "" for nothing."""
    try:
        name = urlsplit(url).path.rpartition("/")[2]
    except ValueError:  # brackets that hold no address of a computer
        return ""
    return name.rpartition(".")[2].lower() if "." in name else ""


_DRIVE = re.compile(
    r"https?://drive\.google\.com/(?:(?:a/[^/\s]+/)?file/(?:u/\d+/)?d/[\w-]+|open\?)[^\s;,|()]*", re.IGNORECASE
)
_DROPBOX = re.compile(r"https?://(?:www\.)?dropbox\.com/(?:s|scl/fi)/[^\s;,|()]+", re.IGNORECASE)
_DL = re.compile(r"([?&])dl=0(?=&|$)")


def _drive_download(page: re.Match[str]) -> str:
    """Google's own form of a link that downloads, with the key that older files need."""
    address = urlsplit(page[0])
    asked = parse_qs(address.query)
    in_path = re.search(r"/d/([\w-]+)", address.path)
    file_id = in_path[1] if in_path else "".join(asked.get("id", ())[:1])
    key = "".join(f"&resourcekey={key}" for key in asked.get("resourcekey", ())[:1])
    return f"https://drive.google.com/uc?export=download&id={file_id}{key}" if file_id else page[0]


def _dropbox_file(page: re.Match[str]) -> str:
    """`dl=0` asks for the page, `raw=1` for the file as it is."""
    url = page[0]
    if re.search(r"[?&](?:raw|dl)=1\b", url):
        return url
    return _DL.sub(r"\1raw=1", url) if _DL.search(url) else f"{url}{'&' if '?' in url else '?'}raw=1"


MENDS = (
    each_text(later("Write Google Drive pages as downloads"), lambda text: _DRIVE.sub(_drive_download, text)),
    each_text(later("Write Dropbox pages as files"), lambda text: _DROPBOX.sub(_dropbox_file, text)),
)
