// One letter, one button: `data-key="n"`. Off while somebody types, and while a question stands open.
// With `data-key-focus` the letter goes to the button and Enter presses it: for acts of consequence.
// In lists marked `data-rows`, j and k go from row to row; in a row of marks, 1 to 4 choose and go on.
const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

export function keys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    const at = event.target as Element;
    if (at.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
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
      if (found.closest("details:not([open])") && !found.matches("summary")) continue;
      if ((found as HTMLButtonElement).disabled || !found.getClientRects().length) continue;
      event.preventDefault();
      if (found.matches("input[type=radio], input[type=checkbox]")) found.click();
      else if (found.matches("input, select, textarea, [data-key-focus]")) found.focus();
      else found.click();
      if (found.matches("summary")) enter(found.parentElement as HTMLDetailsElement);
      return;
    }
  });
}

// A fold opened by its key goes on to the first thing to type there.
function enter(fold: HTMLDetailsElement): void {
  if (fold.open) fold.querySelector<HTMLElement>("textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])")?.focus();
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
