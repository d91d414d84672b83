"""What becomes of rich text: embeds are stored as they stand, everything around them is Webflow's to change."""

import re

from lib.sandbox.files import kept_at
from lib.sandbox.place import Place, Wrong

CODE = re.compile(r"(<(pre|code)\b[^>]*>).*?(</\2>)", re.IGNORECASE | re.DOTALL)
TABLE = re.compile(r"</?(table|caption|thead|tbody|tfoot|tr|th|td|colgroup|col)\b[^>]*>", re.IGNORECASE)
IMAGE = re.compile(r"""(<img\b[^>]*?\bsrc=["'])(https?://[^"']+)""", re.IGNORECASE)
BINDING = re.compile(r"\{\{wf\b[^<>]*?\}\}")
COMPONENT = re.compile(r"<wf-component\b([^>]*)>", re.IGNORECASE)
_EDGE_OF_EMBED = re.compile(r"(<div\b[^>]*>|</div\s*>)", re.IGNORECASE)


def rich_text(text: str, place: Place) -> str | None:
    """How `text` reads back; None where nothing of it is kept."""
    behaviour = place.world.behaviour
    pieces = _parted(text)
    if behaviour.code_emptied and any(CODE.search(piece) for piece, is_embed in pieces if not is_embed):
        return None
    return "".join(piece if is_embed else _changed(piece, place) for piece, is_embed in pieces)


def _changed(text: str, place: Place) -> str:
    behaviour = place.world.behaviour
    text = COMPONENT.sub(lambda tag: _component(tag[1], place), text)
    if behaviour.code_tags_emptied:
        text = CODE.sub(r"\1\3", text)
    if behaviour.tables_flattened:
        text = TABLE.sub("", text)
    if behaviour.bindings_spoiled:
        text = BINDING.sub(lambda binding: binding[0].replace("&", "&amp;"), text)
    if behaviour.files_rehosted:
        text = IMAGE.sub(lambda image: image[1] + kept_at(image[2], place.world.new_id(), place), text)
    return text


def _component(attributes: str, place: Place) -> str:
    """A component names what it is made from; a new one gets an id, and begins in the primary locale only (documented;
    the texts are ours)."""
    if "component-id=" not in attributes:
        raise Wrong("Component could not be resolved")
    if "data-w-id=" in attributes:
        return f"<wf-component{attributes}>"
    if place.locale != place.world.primary_locale:
        raise Wrong("Component instances cannot be created in a secondary locale")
    return f'<wf-component data-w-id="{place.world.new_id()}"{attributes}>'


def _parted(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, and which of them are whole embeds."""
    pieces, depth = [("", False)], 0
    for bit in _EDGE_OF_EMBED.split(text):
        is_edge = _EDGE_OF_EMBED.fullmatch(bit) is not None
        if depth == 0 and is_edge and "data-rt-embed-type" in bit:
            pieces.append(("", True))
            depth = 1
        elif depth and is_edge:
            depth += -1 if bit.startswith("</") else 1
        pieces[-1] = (pieces[-1][0] + bit, pieces[-1][1])
        if depth == 0 and pieces[-1][1]:
            pieces.append(("", False))
    return pieces
