// Nothing typed is lost: what a form sent is put back when the page returns with a refusal.
// Kept in this tab until the next page stands, and never a password.
const PREFIX = "kept:";

export function keep(): void {
  restore();
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !form.id || form.method !== "post" || form.querySelector("[type=password]")) return;
    const sent = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "once");
    if (sent.length) sessionStorage.setItem(PREFIX + form.id, JSON.stringify(sent));
  });
}

function restore(): void {
  const refused = document.querySelector(".messages .is-trouble") !== null;
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) {
    const form = document.getElementById(key.slice(PREFIX.length));
    const sent = JSON.parse(sessionStorage.getItem(key)!) as [string, string][];
    sessionStorage.removeItem(key);
    if (refused && form instanceof HTMLFormElement) fill(form, sent);
  }
}

function fill(form: HTMLFormElement, sent: [string, string][]): void {
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    const values = sent.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
      field.checked = values.includes(field.value);
    } else if (field.type !== "hidden" && values.length) {
      field.value = values[0];
    }
  }
  for (let fold = form.closest("details"); fold; fold = fold.parentElement!.closest("details")) fold.open = true;
}
