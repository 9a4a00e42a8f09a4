"""The one hardened XML parser: no DOCTYPE, no entities, no network, bounded size and depth."""

from __future__ import annotations

from lxml import etree

from engine.errors import Fault, InvalidInput

MAX_BYTES = 20_000_000


def parse(source: bytes, name: str) -> etree._Element:
    """Root element of ``source``; ``InvalidInput`` names file, line and reason.

    Any DOCTYPE is refused: it is the door of entity bombs and external
    entities, and no BPMN or DMN file needs one.
    """
    if len(source) > MAX_BYTES:
        raise _refused(name, "xml-too-large", f"larger than {MAX_BYTES} bytes", 0)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise _refused(name, "xml-syntax", _reason(error), error.lineno or 0) from None
    docinfo = root.getroottree().docinfo
    if docinfo is not None and docinfo.doctype:
        raise _refused(name, "xml-doctype", "a DOCTYPE is not allowed", 1)
    return root


def _reason(error: etree.XMLSyntaxError) -> str:
    # libxml2 quotes document text in some messages; the text may be personal.
    return error.msg.split(":")[0] if error.msg else "not well-formed XML"


def _refused(name: str, code: str, reason: str, line: int) -> InvalidInput:
    sentence = f"{name}, line {line}: {reason}"
    return InvalidInput(sentence, [Fault(pointer=f"{name}:{line}", code=code, sentence=sentence)])


def local_name(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]
