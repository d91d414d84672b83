"""The way in to a site of one's own, and what it shows: sites, collections, fields."""

from dataclasses import replace

from lib.errors import FlowsheetError, NotConnected
from lib.model.collection import Collection
from lib.model.person import Person
from lib.model.site import Site
from lib.runs.waits import UNTOLD, Waits
from lib.settings import settings
from lib.webflow.connection import Connection
from lib.words.say import say


def connect_site(token: str) -> Connection:
    """A connection to the configured Webflow address; raises `FlowsheetError` when no token was given."""
    if not token.strip():
        raise FlowsheetError(say("Paste your site token first. It starts the connection to your Webflow site."))
    return Connection(token=token.strip(), base_url=settings().webflow_api_url, is_demo=False)


def connect_allowed(token: str) -> Connection:
    """The same for a token that Webflow gave because somebody allowed it, known by who that was.

    Each time they allow it, it is another token, and what they do with it is theirs all the same. Raises `WebflowError`
    where Webflow does not say who it was.
    """
    connection = connect_site(token)
    with connection.open() as webflow:
        return replace(connection, account=webflow.account_id())


def connect_team(person: Person | None) -> Connection | None:
    """The way in that a team shares, for somebody who is let in; None for everybody else, and where there is none."""
    token = settings().webflow_shared_token
    return connect_site(token) if token and person else None


def sites(connection: Connection, waits: Waits = UNTOLD) -> tuple[Site, ...]:
    """The sites this connection can see; raises `WebflowError` when the token is refused, or opens none."""
    with waits.open(connection) as webflow:
        found = webflow.sites()
    if not found:
        raise NotConnected(say("This opens no site. Allow at least one, or use a token that was made in a site."))
    return found


def collections(connection: Connection, site: Site, waits: Waits = UNTOLD) -> tuple[Collection, ...]:
    """The site's collections, without their fields."""
    with waits.open(connection) as webflow:
        return webflow.collections(site.id)


def open_collection(
    connection: Connection, collection_id: str, locale: str | None, waits: Waits = UNTOLD
) -> tuple[Collection, int]:
    """The collection with its fields, and how many items it holds in this language (None: the only one)."""
    with waits.open(connection) as webflow:
        return webflow.collection(collection_id), webflow.item_count(collection_id, cms_locale_id=locale)
