// One letter, one button: `data-key="n"`. Off while somebody types, and while a question stands open.
// In lists marked `data-rows`, j and k go from row to row.
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
    for (const found of document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)) {
      if (found.closest("details:not([open])") && !found.matches("summary")) continue;
      if ((found as HTMLButtonElement).disabled || !found.getClientRects().length) continue;
      event.preventDefault();
      if (found.matches("input, select, textarea")) found.focus();
      else found.click();
      return;
    }
  });
}

function step(rows: Element, by: number): boolean {
  const links = [...rows.querySelectorAll<HTMLElement>("[data-row]")];
  if (!links.length) return false;
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}
