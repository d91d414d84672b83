"""`Site` and `Locale`: where a collection lives and the languages it speaks; `Languages`: which one a text means."""

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
class Languages:
    """The languages of a site that rows may be about, by CMS locale id. `chosen` is that of rows which name none; all
    is empty on a site with only one language, where nobody names any."""

    chosen: str = ""
    known: tuple[Locale, ...] = ()

    @property
    def primary(self) -> str:
        """The site's first language, in which every item begins."""
        return next((one.cms_locale_id for one in self.known if one.is_primary), "")

    @property
    def named(self) -> str:
        """All of them for people."""
        return ", ".join(f"{one.display_name} ({one.tag})" if one.tag else one.display_name for one in self.known)

    @property
    def forms(self) -> frozenset[str]:
        """What texts may call them, in small letters."""
        return frozenset(names(one) for names in NAMES for one in self.known) - {""}

    def name_of(self, locale: str | None) -> str:
        """What people call a language, by its CMS locale id (None: the primary one); "" where there is only one."""
        return next((one.display_name for one in self.known if one.cms_locale_id == (locale or self.primary)), "")

    def meant(self, text: str) -> str:
        """The language that a text means: by its id, its tag (“de-AT”), the first part of a tag that only one has, or
        its name; "" where it means none."""
        form = _form(text)
        for names in NAMES:
            found = [one.cms_locale_id for one in self.known if form and names(one) == form]
            if len(found) == 1:
                return found[0]
        return ""


def _form(text: str) -> str:
    return text.strip().casefold().replace("_", "-")


def _id(locale: Locale) -> str:
    return _form(locale.cms_locale_id)


def _tag(locale: Locale) -> str:
    return _form(locale.tag)


def _name(locale: Locale) -> str:
    return _form(locale.display_name)


def _first_part(locale: Locale) -> str:
    return _tag(locale).partition("-")[0]


NAMES = (_id, _tag, _name, _first_part)
ONE_LANGUAGE = Languages()


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
