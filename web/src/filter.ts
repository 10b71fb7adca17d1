// A long list narrowed while one types: `data-filter` names the list, whose rows carry `data-words`. Enter goes to the first that is left.
// With `data-filter-found` the centre is asked as well (htmx, by the event `ask`), for it knows what people mean: its answer takes the list's
// place, and Enter waits for it, so that the same words always lead to the same item however fast they were typed.
const PAUSE_MS = 150;
const asked = new WeakMap<HTMLElement, { value: string; answered: boolean; go: boolean; timer: number }>();

export function filter(): void {
  document.addEventListener("input", (event) => {
    const box = event.target as HTMLInputElement;
    if (!box.matches?.("[data-filter]")) return;
    narrow(box);
    askSoon(box, PAUSE_MS);
  });
  document.addEventListener("keydown", (event) => {
    const box = event.target as HTMLInputElement;
    if (event.key !== "Enter" || event.isComposing || !box.matches?.("[data-filter]")) return;
    event.preventDefault();
    const standing = asked.get(box);
    if (!foundOf(box) || !box.value.trim() || (standing?.answered && standing.value === box.value)) return go(box);
    if (standing?.value !== box.value || standing.timer) askSoon(box, 0);
    asked.get(box)!.go = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = (event as CustomEvent<{ elt: HTMLElement; successful: boolean }>).detail;
    const standing = asked.get(elt);
    const box = elt as HTMLInputElement;
    if (!standing || standing.value !== box.value) return;
    standing.answered = successful;
    if (successful) show(box);
    if (standing.go) go(box);
    standing.go = false;
  });
}

function rows(list: HTMLElement | null | undefined): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[data-words]") ?? [])];
}

function listOf(box: HTMLElement): HTMLElement | null {
  return document.getElementById(box.dataset.filter!);
}

function foundOf(box: HTMLElement): HTMLElement | null {
  return document.getElementById(box.dataset.filterFound ?? "");
}

function go(box: HTMLElement): void {
  const found = foundOf(box);
  const left = rows(found && !found.hidden ? found : listOf(box)).find((row) => !row.hidden);
  left?.querySelector<HTMLElement>("a, button")?.click();
}

function narrow(box: HTMLInputElement): void {
  const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of rows(listOf(box))) {
    const words = row.dataset.words!.toLowerCase();
    row.hidden = !wanted.every((word) => words.includes(word));
    if (!row.hidden) left += 1;
  }
  const found = foundOf(box);
  if (found && !box.value.trim()) swap(box, false);
  if (!found || !box.value.trim()) none(box, left === 0);
}

function askSoon(box: HTMLInputElement, pause: number): void {
  if (!foundOf(box)) return;
  window.clearTimeout(asked.get(box)?.timer);
  const standing = { value: box.value, answered: false, go: false, timer: 0 };
  asked.set(box, standing);
  if (!box.value.trim()) return;
  const ask = () => {
    standing.timer = 0;
    box.dispatchEvent(new CustomEvent("ask"));
  };
  if (pause) standing.timer = window.setTimeout(ask, pause);
  else ask();
}

// The centre's answer instead of the list; where it has none, what the letters left.
function show(box: HTMLInputElement): void {
  const answers = rows(foundOf(box)).length > 0;
  swap(box, answers);
  none(box, !answers && !rows(listOf(box)).some((row) => !row.hidden));
}

function swap(box: HTMLElement, found: boolean): void {
  foundOf(box)!.hidden = !found;
  listOf(box)!.hidden = found;
}

function none(box: HTMLElement, so: boolean): void {
  const said = document.getElementById(box.dataset.filterNone ?? "");
  if (said) said.hidden = !so;
}
