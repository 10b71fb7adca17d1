// Makes one element like another by touching only what differs.
// What the reader did stays: open folds, typed words, ticks, the button being pressed.
const READERS_OWN = new Set(["open", "data-busy", "disabled", "aria-busy"]);

export function morph(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !READERS_OWN.has(name) && name !== "class") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!READERS_OWN.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  after.forEach((node, place) => {
    const standing = before[place];
    if (!standing) old.append(document.importNode(node, true));
    else if (!alike(standing, node)) standing.replaceWith(document.importNode(node, true));
    else if (node instanceof Element) morph(standing as Element, node);
    else if (standing.nodeValue !== node.nodeValue) standing.nodeValue = node.nodeValue;
  });
  for (const left of before.slice(after.length)) left.remove();
}

function alike(a: Node, b: Node): boolean {
  return a.nodeName === b.nodeName && (a as Element).id === (b as Element).id;
}
