// One press, one wish: a form that was sent cannot be sent again until the page comes back.
export function once(): void {
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const form = event.target as HTMLFormElement;
    if ("busy" in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "";
    const pressed = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    // After this turn, so that the button's own name and value are still sent.
    setTimeout(() => {
      pressed?.setAttribute("aria-busy", "true");
      for (const button of buttons(form)) button.disabled = true;
    });
  });
  // The page may come back from the browser's memory with its buttons still off.
  addEventListener("pageshow", () => {
    for (const form of document.forms) {
      if (!("busy" in form.dataset)) continue;
      delete form.dataset.busy;
      for (const button of buttons(form)) {
        button.disabled = false;
        button.removeAttribute("aria-busy");
      }
    }
  });
}

function buttons(form: HTMLFormElement): HTMLButtonElement[] {
  return [...form.elements].filter((e): e is HTMLButtonElement => e instanceof HTMLButtonElement && e.type === "submit");
}
