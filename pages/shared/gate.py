"""The gate: where the app has a sign-in, nobody gets to any page without it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import streamlit as st
from streamlit.errors import StreamlitAPIException

from lib import log
from lib.errors import FlowsheetError
from lib.log import Event
from lib.model.person import Person
from lib.settings import settings
from lib.words.say import later, say
from lib.workflow.deep_links import DEEP_LINKS
from lib.workflow.sign_in import Refused, Why
from pages.shared import browser, focus, frame, leaving, own_runs, sign_out, signed_in, steps, visit
from pages.shared.plain import plain

TITLE = later("Sign in")
NOT_SET_UP = later(
    "The sign-in of this app is not set up completely, so nobody gets any further. Ask the person who runs it: what is "
    "missing stands in its log."
)
WORDS = {
    Why.SIGNED_OUT: later("People sign in to use this app, and what you do here stays yours."),
    Why.ENDED: later("Your sign-in has ended. Sign in again to go on: your drafts and runs are still there."),
    Why.NOT_LISTED: later(
        "You signed in as {address}, and this address may not use this app. Ask the person who runs it to add the "
        "address, or use another one."
    ),
    Why.UNPROVEN: later(
        "You signed in as {address}, and your sign-in provider does not say that this address is really yours. Confirm "
        "the address there, or use another one."
    ),
    Why.NO_ADDRESS: later(
        "You signed in without an e-mail address, and this app lets people in by theirs. Use another sign-in, one that "
        "shares your address, or ask the person who runs this app."
    ),
}


@dataclass(frozen=True)
class WayIn:
    """What stands in place of the page, and is drawn alone: why nobody gets any further, and how they would."""

    page_title: str
    refused: Refused
    is_set_up: bool = True

    def draw(self) -> None:
        """The whole page."""
        st.html(frame.STYLE)
        with st.container(key="gate", width=640):
            st.title(say("Sign in to Flowsheet"))
            st.markdown(
                say("Update your Webflow collection from a spreadsheet, and see every change before it is sent.")
            )
            if not self.is_set_up:
                st.error(say(NOT_SET_UP), icon=":material/error:")
            elif self.refused.why in (Why.SIGNED_OUT, Why.ENDED):
                self._draw_providers()
            else:
                words = say(WORDS[self.refused.why], address=plain(self.refused.address))
                st.warning(words, icon=":material/person_off:")
                label = say("Sign in with another address")
                st.button(label, key="sign_out", type="primary", icon=":material/logout:", on_click=sign_out.now)
        leaving.warn_of_nothing()
        focus.follow(TITLE)

    def _draw_providers(self) -> None:
        st.markdown(say(WORDS[self.refused.why]))
        for provider in _providers():
            is_named = provider and provider != "default"
            label = say("Sign in with {provider}", provider=(provider or "").capitalize()) if is_named else say(TITLE)
            if st.button(plain(label), key=f"sign_in {provider or ''}", type="primary", icon=":material/login:"):
                self._sign_in(provider)

    def _sign_in(self, provider: str | None) -> None:
        """To the provider, which leads back to the first page: so remember which one was wanted."""
        if self.page_title != steps.CONNECT.title or st.query_params:
            DEEP_LINKS.keep(browser.secret(), self.page_title, st.query_params.to_dict())
        try:
            st.login(provider)
        except (StreamlitAPIException, ValueError) as error:  # says which part of [auth] is missing, and no value of it
            _log_missing(str(error))
            st.error(say(NOT_SET_UP), icon=":material/error:")


def before(page_title: str) -> WayIn | None:
    """The way in, which nobody gets past; None for whoever may see the page."""
    if not signed_in.is_required() and not _has_a_list():
        return None
    try:
        found = signed_in.verdict()
        missing = "" if signed_in.is_required() else "[auth] is missing."
    except FlowsheetError as error:
        found, missing = Refused(Why.SIGNED_OUT), str(error)
    if missing:
        _log_missing(missing)
        return WayIn(page_title, Refused(Why.SIGNED_OUT), is_set_up=False)
    if isinstance(found, Refused):
        visit.forget()  # the token of a tab whose sign-in has ended
        if found.key:
            who = own_runs.fingerprint(Person(name="", key=found.key))
            log.tell(Event.SIGN_IN_REFUSED, who=who, why=found.why)
        return WayIn(page_title, found)
    _go_where_it_was_wanted(page_title)
    return None


def _has_a_list() -> bool:
    """Whether an app without a sign-in lists who may sign in, which asks for one."""
    try:
        now = settings()
    except FlowsheetError:
        return False  # a setting that is wrong is told where it is used
    if now.webflow_shared_token:
        _log_ignored_token()
    return bool(now.sign_in_emails or now.sign_in_domains)


def _providers() -> list[str | None]:
    """What there is to sign in with: the one that `[auth]` itself describes (None), or those below it, by name."""
    auth = st.secrets["auth"]
    parts = auth.items() if isinstance(auth, Mapping) and "client_id" not in auth else ()
    return [name for name, part in parts if isinstance(part, Mapping) and "client_id" in part] or [None]


def _go_where_it_was_wanted(page_title: str) -> None:
    """To the address that somebody opened before signing in, once."""
    place = DEEP_LINKS.take(browser.secret())
    if place and page_title == steps.CONNECT.title and not st.query_params:
        path = next(one.path for one in steps.PAGES if one.title == place[0])
        st.switch_page(path, query_params=place[1])


@cache
def _log_missing(what: str) -> None:
    logging.getLogger("flowsheet").error("Nobody can sign in: %s", what)


@cache
def _log_ignored_token() -> None:
    logging.getLogger("flowsheet").warning(
        "WEBFLOW_SHARED_TOKEN is ignored: it is for people who are signed in, and this app has no sign-in."
    )
