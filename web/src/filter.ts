// A long list narrowed while one types: `data-filter` names the list, whose rows carry `data-words`. Enter goes to the first that is left.
export function filter(): void {
  document.addEventListener("input", (event) => narrow(event.target as HTMLElement));
  document.addEventListener("keydown", (event) => {
    const box = event.target as HTMLElement;
    if (event.key !== "Enter" || event.isComposing || !box.matches?.("[data-filter]")) return;
    event.preventDefault();
    rows(box).find((row) => !row.hidden)?.querySelector<HTMLElement>("a, button")?.click();
  });
}

function rows(box: HTMLElement): HTMLElement[] {
  return [...(document.getElementById(box.dataset.filter!)?.querySelectorAll<HTMLElement>("[data-words]") ?? [])];
}

function narrow(box: HTMLElement): void {
  if (!box.matches?.("[data-filter]")) return;
  const wanted = (box as HTMLInputElement).value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of rows(box)) {
    const words = row.dataset.words!.toLowerCase();
    row.hidden = !wanted.every((word) => words.includes(word));
    if (!row.hidden) left += 1;
  }
  const none = document.getElementById(box.dataset.filterNone ?? "");
  if (none) none.hidden = left > 0;
}
