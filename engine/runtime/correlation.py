"""BPMN's own correlation: keys of properties, where each finds its value.

A message is sent with what ``messagePath`` says of it; a process waits for what
its ``correlationSubscription`` binds. Several properties make one key, joined
by a bar in the key's order.
"""

from __future__ import annotations

from lxml import etree

from engine.runtime.zeebe import BPMN, local

Xml = etree._Element
_THROWS = ("intermediateThrowEvent", "endEvent", "sendTask")
JOIN = "|"


def key_expression(holder: Xml, message: Xml) -> str | None:
    """FEEL of the correlation key for the element that sends or awaits the message."""
    applying = key_of(message)
    if applying is None:
        return None
    key, paths = applying
    if str(holder.tag).removeprefix(BPMN) not in _THROWS:
        bound = bindings(holder, key)
        paths = {name: bound.get(name, "") for name in paths}
    if not all(paths.values()):
        return None
    parts = [text.removeprefix("=").strip() for text in paths.values()]
    if len(parts) == 1:
        return f"={parts[0]}"
    return f'=string join([{", ".join(f"string({part})" for part in parts)}], "{JOIN}")'


def key_of(message: Xml) -> tuple[Xml, dict[str, str]] | None:
    """The first key whose every property is found in the message, with the paths to them."""
    root = message.getroottree().getroot()
    wanted = message.get("id") or ""
    for key in root.iter(f"{BPMN}correlationKey"):
        names = [local(ref.text or "") for ref in key.findall(f"{BPMN}correlationPropertyRef")]
        paths = {name: _path(root, name, wanted) for name in names}
        if paths and all(paths.values()):
            return key, paths
    return None


def bindings(holder: Xml, key: Xml) -> dict[str, str]:
    """Property id to ``dataPath`` in the process that waits."""
    for process in holder.iterancestors(f"{BPMN}process"):
        for subscription in process.findall(f"{BPMN}correlationSubscription"):
            if local(subscription.get("correlationKeyRef") or "") == key.get("id"):
                return {
                    local(binding.get("correlationPropertyRef") or ""): _text(binding, "dataPath")
                    for binding in subscription.findall(f"{BPMN}correlationPropertyBinding")
                }
    return {}


def _path(root: Xml, name: str, message_id: str) -> str:
    for found in root.iter(f"{BPMN}correlationProperty"):
        if found.get("id") != name:
            continue
        for retrieval in found.findall(f"{BPMN}correlationPropertyRetrievalExpression"):
            if local(retrieval.get("messageRef") or "") == message_id:
                return _text(retrieval, "messagePath")
    return ""


def _text(xml: Xml, tag: str) -> str:
    found = xml.find(f"{BPMN}{tag}")
    return "" if found is None else "".join(found.itertext()).strip()
