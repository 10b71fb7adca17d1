// Phrases a field is commonly filled with: `<ol data-phrases="field">` holds one button a phrase.
// A click puts the phrase into the field of that id, after what stands there; so does its number, while nobody types.
// Of several lists on the page the last one to be seen is meant: a fold that was opened comes after what stood there before.
const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

export function phrases(): void {
  document.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-phrases] button");
    if (pressed) put(pressed);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || !/^[1-9]$/.test(event.key)) return;
    if ((event.target as Element).closest?.(`${TYPING}, [data-marks]`) || document.querySelector("dialog[open]")) return;
    const seen = [...document.querySelectorAll<HTMLElement>("[data-phrases]")].filter((list) => !list.closest("details:not([open])"));
    const meant = seen[seen.length - 1]?.querySelectorAll<HTMLElement>("button")[Number(event.key) - 1];
    if (!meant) return;
    event.preventDefault();
    put(meant);
  });
}

function put(button: HTMLElement): void {
  const field = document.getElementById(button.closest<HTMLElement>("[data-phrases]")!.dataset.phrases!) as HTMLTextAreaElement | null;
  const words = button.querySelector("span")?.textContent?.trim() ?? "";
  if (!field || field.value.includes(words)) return;
  const before = field.value.trimEnd();
  field.value = before ? `${before}\n${words}` : words;
  field.rows = Math.min(6, Math.max(field.rows, field.value.split("\n").length));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
