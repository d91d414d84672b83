"""`Behaviour`: where reports about Webflow contradict each other, both are a switch."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Each switch with what speaks for it; off is what the others report, or the documentation says.

    `links_lose_slash`, `emails_lowercased`: one project's stored values; another's records kept both.
    `files_rehosted`: files get an address of Webflow's own, `<id>_<name>` on another host (matched by others' code);
    so do images in rich text (one project).
    `tables_flattened`: a table outside an embed leaves only its text (two projects).
    `bindings_spoiled`: the codes in a binding `{{wf …}}` are written anew when its text is sent (feared by one).
    `code_emptied`: rich text with code is emptied (today's page "Field Types & Item Values"); `code_tags_emptied`: only
    what stands between its tags is lost (an older page); off: kept (two projects).
    `edits_are_drafts`: a staged update of a published item shows "Changes in draft" (notes of 2026); off: "Queued to
    publish" (changelog of 2025).
    `archived_published`: publishing an archived item answers with its id and no error (recorded in 2023); off: refused
    (a report of 2026).
    `unknown_fields_ignored`: values for fields that are not there are dropped silently (one project); off: refused.
    `null_references_refused`: a reference cannot be cleared with null (matched by others' code).
    `slugs_get_endings`: an item created with a page address that is taken gets one with an ending (one test of 2026);
    off: it is refused (many reports).
    `inserted_anew`: `items/insert` makes a new item where an entry names one that lacks the language (nobody has
    described how it is named); off: the language is added.
    `files_named`: a refused file is named by its address (one client looks for it); off: it is not.
    """

    links_lose_slash: bool = False
    emails_lowercased: bool = False
    files_rehosted: bool = False
    tables_flattened: bool = False
    bindings_spoiled: bool = False
    code_emptied: bool = False
    code_tags_emptied: bool = False
    edits_are_drafts: bool = True
    archived_published: bool = False
    unknown_fields_ignored: bool = False
    null_references_refused: bool = False
    slugs_get_endings: bool = False
    files_named: bool = False
    inserted_anew: bool = False


SWITCHES = tuple(switch.name for switch in fields(Behaviour))
