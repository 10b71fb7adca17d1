// Keys on the screen for a machine without a keyboard: `<div data-keypad="field's id">` with buttons `data-type`.
export function keypads(): void {
  document.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-type]");
    const pad = pressed?.closest<HTMLElement>("[data-keypad]");
    if (!pressed || !pad) return;
    const field = document.getElementById(pad.dataset.keypad!) as HTMLInputElement | null;
    if (!field) return;
    const key = pressed.dataset.type!;
    if (key === "back") field.value = field.value.slice(0, -1);
    else if (key === "clear") field.value = "";
    else if (field.maxLength < 0 || field.value.length < field.maxLength) field.value += key;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) print();
  });
}
