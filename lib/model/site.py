"""`Site` and `Locale`: where a collection lives and the languages it speaks."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """One language of a site.

    `cms_locale_id` is the id that items use; a locale's own `id` is another one
    (developers.webflow.com, "Localization with the CMS API").
    """

    cms_locale_id: str
    display_name: str
    tag: str
    is_primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A Webflow site. `locales` is empty when the site is not localised, else the primary one comes first.

    `published_on` is when it was last published, aware, in UTC; None for never, and where it was not told.
    """

    id: str
    display_name: str
    short_name: str
    time_zone: str
    locales: tuple[Locale, ...] = ()
    is_published: bool = True
    published_on: datetime | None = None
