// Before what cannot be taken back: a question that says what will happen and to whom.
// A button carries `data-confirm` (what will happen), `data-confirm-title`, and may name with
// `data-confirm-quote` a field of its form whose words are read back.
export function confirmations(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const pressed = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (!pressed?.dataset.confirm || pressed.dataset.confirmed !== undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, pressed);
  });
}

function ask(form: HTMLFormElement, pressed: HTMLButtonElement): void {
  const pattern = document.querySelector<HTMLTemplateElement>("#confirm-pattern");
  const box = pattern?.content.firstElementChild?.cloneNode(true) as HTMLDialogElement | undefined;
  if (!box) {
    go(form, pressed);
    return;
  }
  const verb = pressed.dataset.confirmVerb ?? wordsOf(pressed);
  write(box, "title", pressed.dataset.confirmTitle ?? verb);
  write(box, "text", pressed.dataset.confirm ?? "");
  write(box, "quote", quoteOf(form, pressed.dataset.confirmQuote));
  const yes = box.querySelector<HTMLButtonElement>("[data-part=yes]")!;
  yes.textContent = verb;
  yes.classList.toggle("button-grave", pressed.classList.contains("button-grave"));
  yes.addEventListener("click", () => {
    box.close();
    go(form, pressed);
  });
  box.querySelector("[data-part=no]")!.addEventListener("click", () => box.close());
  box.addEventListener("close", () => {
    box.remove();
    pressed.focus();
  });
  document.body.append(box);
  box.showModal();
  // What cannot be taken back is not one careless Enter away.
  (yes.classList.contains("button-grave") ? box.querySelector<HTMLElement>("[data-part=no]")! : yes).focus();
}

function go(form: HTMLFormElement, pressed: HTMLButtonElement): void {
  pressed.dataset.confirmed = "";
  form.requestSubmit(pressed);
  delete pressed.dataset.confirmed;
}

function write(box: Element, part: string, text: string): void {
  const place = box.querySelector<HTMLElement>(`[data-part=${part}]`)!;
  place.textContent = text;
  place.hidden = !text;
}

function quoteOf(form: HTMLFormElement, names: string | undefined): string {
  if (!names) return "";
  const lines = names.split(" ").map((name) => {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList) {
      const chosen = [...field].find((radio) => (radio as HTMLInputElement).checked) as HTMLInputElement | undefined;
      return chosen?.labels?.[0]?.textContent?.trim() ?? "";
    }
    return (field as HTMLInputElement | null)?.value.trim() ?? "";
  });
  return lines.filter(Boolean).join("\n");
}

function wordsOf(button: HTMLElement): string {
  const copy = button.cloneNode(true) as HTMLElement;
  for (const extra of copy.querySelectorAll("kbd, svg")) extra.remove();
  return copy.textContent?.trim() ?? "";
}
