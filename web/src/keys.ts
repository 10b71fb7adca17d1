// One letter, one button: `data-key="n"`. Off while somebody types, and while a question stands open.
// With `data-key-focus` the letter goes to the button and Enter presses it: for acts of consequence.
// In lists marked `data-rows`, j and k go from row to row; in a row of marks, 1 to 4 choose and go on.
const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

export function keys(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest?.("[data-keys-open]")) explain();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    const at = event.target as Element;
    if (at.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "?" || key === "？") {
      event.preventDefault();
      explain();
      return;
    }
    if (!/^[a-z0-9/]$/.test(key)) return;
    const rows = document.querySelector("[data-rows]");
    if (rows && (key === "j" || key === "k") && step(rows, key === "j" ? 1 : -1)) {
      event.preventDefault();
      return;
    }
    if (/^[1-9]$/.test(key) && mark(at, Number(key))) {
      event.preventDefault();
      return;
    }
    for (const found of document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)) {
      if (!reachable(found)) continue;
      event.preventDefault();
      if (found.matches("input[type=radio], input[type=checkbox]")) found.click();
      else if (found.matches("input, select, textarea, [data-key-focus]")) found.focus();
      else found.click();
      if (found.matches("summary")) enter(found.parentElement as HTMLDetailsElement);
      return;
    }
  });
}

function reachable(found: HTMLElement): boolean {
  if (found.closest("details:not([open])") && !found.matches("summary")) return false;
  return !(found as HTMLButtonElement).disabled && found.getClientRects().length > 0;
}

// What every key does here and now, read off the page itself: nothing to keep in step by hand.
function explain(): void {
  const pattern = document.querySelector<HTMLTemplateElement>("#keys-pattern");
  const dialog = pattern?.content.firstElementChild?.cloneNode(true) as HTMLDialogElement | undefined;
  const list = dialog?.querySelector<HTMLElement>('[data-part="list"]');
  if (!dialog || !list) return;
  const told = new Set<string>();
  const tell = (keys: string[], words: string): void => {
    const [dt, dd] = [document.createElement("dt"), document.createElement("dd")];
    for (const key of keys) dt.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
    dd.textContent = words;
    list.append(dt, dd);
  };
  for (const found of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const key = found.dataset.key!;
    if (told.has(key) || !reachable(found)) continue;
    told.add(key);
    tell(found.matches("[data-key-focus]") ? [key.toUpperCase(), "↵"] : [key.toUpperCase()], wordsOf(found));
  }
  if (document.querySelector("[data-row]")) tell(["J", "K"], list.dataset.rowsWords!);
  if (document.querySelector("[data-marks]")) tell(["1", "2", "3", "4"], list.dataset.marksWords!);
  if (document.querySelector("[data-phrases]")) tell(["1", "…", "9"], list.dataset.phrasesWords!);
  tell(["?"], list.dataset.thisWords!);
  document.body.append(dialog);
  dialog.querySelector('[data-part="no"]')!.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "?" && event.key !== "？") return;
    event.stopPropagation(); // or the page would open it again
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

function wordsOf(found: HTMLElement): string {
  const named = found.getAttribute("aria-label") ?? "";
  if (named) return named;
  const label = found.matches("input, select, textarea") ? (found as HTMLInputElement).labels?.[0] : found;
  const copy = (label ?? found).cloneNode(true) as HTMLElement;
  for (const kbd of copy.querySelectorAll("kbd, .unseen, .muted")) kbd.remove();
  return copy.textContent!.replace(/\s+/g, " ").trim();
}

// A fold opened by its key goes on to the first thing to type there; where phrases are offered, to these, so that their numbers work.
function enter(fold: HTMLDetailsElement): void {
  const offered = fold.querySelector<HTMLElement>("[data-phrases] button");
  if (fold.open && offered) offered.focus();
  else if (fold.open) fold.querySelector<HTMLElement>("textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])")?.focus();
}

function step(rows: Element, by: number): boolean {
  const links = [...rows.querySelectorAll<HTMLElement>("[data-row]")];
  if (!links.length) return false;
  const at = links.findIndex((row) => row.contains(document.activeElement));
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)];
  (next.querySelector<HTMLElement>("input:checked, input") ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function mark(at: Element, place: number): boolean {
  const marks = at.closest<HTMLElement>("[data-marks]");
  const chosen = marks?.querySelectorAll<HTMLInputElement>("input")[place - 1];
  if (!marks || !chosen) return false;
  chosen.click();
  chosen.focus();
  const note = marks.parentElement?.querySelector<HTMLElement>(".check-note input");
  if (note?.getClientRects().length) note.focus();
  else step(marks.closest("[data-rows]")!, 1);
  return true;
}
