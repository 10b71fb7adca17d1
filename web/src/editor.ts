// A form marked `data-editor` is kept while somebody types: each field goes by its address (`data-at`), the edition the page was shown at
// goes with it. What a colleague changed at another place comes back and is put in; at the same place both wordings are shown, to choose.
// A session that ended takes nothing: what stands on the page is kept after signing in elsewhere.
import type htmxModule from "htmx.org";
import { renew } from "./draft.ts";

type Htmx = typeof htmxModule;
type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface Answer {
  edition?: number;
  said?: string;
  remarks?: Record<string, string>;
  jumps?: string;
  values?: Record<string, string>;
  structure?: boolean;
  at?: string;
  theirs?: string | number | boolean | null;
  html?: string;
}

const PAUSE_MS = 700;
const RETRY_MS = 5000;

export function editor(htmx: Htmx): void {
  const form = document.querySelector<HTMLFormElement>("form[data-editor]");
  if (!form) return;
  const status = document.getElementById("editor-status")!;
  const signedOut = document.getElementById("editor-signed-out")!;
  const dirty = new Set<string>();
  const undecided = new Set<string>();
  let timer: number | undefined;
  let last: Promise<boolean> = Promise.resolve(true);
  let going = false;

  open(location.hash);
  addEventListener("hashchange", () => open(location.hash));

  form.addEventListener("input", (event) => {
    const at = (event.target as HTMLElement).dataset.at;
    if (!at) return;
    dirty.add(at);
    later(PAUSE_MS);
  });
  form.addEventListener("click", (event) => {
    const choice = (event.target as HTMLElement).closest<HTMLElement>("[data-choose]");
    if (choice) choose(choice);
  });

  function later(pause: number): void {
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(), pause);
  }

  // One after the other: each says the edition the one before was answered with.
  function save(): Promise<boolean> {
    clearTimeout(timer);
    last = last.then(once, once);
    return last;
  }

  async function once(): Promise<boolean> {
    const sent = [...dirty].filter((at) => !undecided.has(at));
    if (!sent.length) return true;
    for (const at of sent) dirty.delete(at);
    const answer = await post(sent);
    if (answer === "signed-out" || answer === "failed") {
      for (const at of sent) dirty.add(at);
      signedOut.hidden = answer !== "signed-out";
      status.textContent = answer === "failed" ? form!.dataset.editorFailed! : "";
      if (answer === "failed") later(RETRY_MS);
      return false;
    }
    signedOut.hidden = true;
    if (answer.edition !== undefined) edition(answer.edition);
    put(answer.values ?? {});
    if (answer.at) {
      // Nothing of this was written: the place that met waits for a choice, the rest goes again.
      undecided.add(answer.at);
      for (const at of sent) dirty.add(at);
      ask(answer);
      return once();
    }
    status.textContent = (answer.said ?? "") + (answer.structure ? ` ${form!.dataset.editorChanged}` : "");
    if (answer.remarks) remark(answer.remarks, answer.jumps ?? "");
    const preview = document.getElementById("preview");
    if (preview) htmx.trigger(preview, "saved", {});
    return true;
  }

  async function post(sent: string[], anew = false): Promise<Answer | "signed-out" | "failed"> {
    const body = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "edition", "part", "of"]) body.append(name, value(name));
    for (const at of sent) {
      body.append("at", at);
      for (const each of values(at)) body.append(`v:${at}`, each);
    }
    try {
      const answer = await fetch(form!.action, { method: "POST", body, headers: { "X-Editor": "typing" } });
      const json = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (json) return (await answer.json()) as Answer;
      if (answer.redirected || answer.status === 401 || answer.status === 403) {
        return (await renew(anew)) ? await post(sent, true) : "signed-out";
      }
      return "failed";
    } catch {
      return "failed";
    }
  }

  function value(name: string): string {
    return form!.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "";
  }

  function fields(at: string): Typed[] {
    return [...form!.querySelectorAll<Typed>(`[data-at="${CSS.escape(at)}"]`)];
  }

  function values(at: string): string[] {
    return fields(at)
      .filter((field) => !(field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type)) || field.checked)
      .map((field) => field.value);
  }

  function edition(now: number): void {
    for (const field of document.querySelectorAll<HTMLInputElement>("[data-edition], input[name=edition]")) field.value = String(now);
    const shown = document.getElementById("edition-shown");
    if (shown) shown.textContent = String(now);
    const undo = document.querySelector<HTMLButtonElement>("#editor-undo button");
    if (undo) undo.disabled = now === 0;
  }

  // What colleagues wrote elsewhere; a field somebody is typing in here is left alone.
  function put(theirs: Record<string, string>): void {
    for (const [at, now] of Object.entries(theirs)) {
      if (dirty.has(at) || undecided.has(at)) continue;
      set(at, now);
    }
  }

  function set(at: string, now: string): void {
    for (const field of fields(at)) {
      if (field instanceof HTMLInputElement && field.type === "radio") field.checked = field.value === now;
      else if (!(field instanceof HTMLInputElement && field.type === "checkbox")) field.value = now;
    }
  }

  function remark(found: Record<string, string>, jumps: string): void {
    for (const slot of document.querySelectorAll<HTMLElement>("[data-remarks]")) {
      const html = found[slot.dataset.remarks!] ?? "";
      if (slot.innerHTML !== html) slot.innerHTML = html;
    }
    const list = document.getElementById("editor-jumps");
    if (!list) return;
    const wasOpen = list.querySelector("details")?.open;
    list.innerHTML = jumps;
    if (wasOpen) list.querySelector("details")?.setAttribute("open", "");
  }

  function ask(answer: Answer): void {
    const at = answer.at!;
    const place = fields(at)[0]?.closest<HTMLElement>(".field, .group, .element") ?? form!;
    const box = document.createElement("div");
    box.className = "taken";
    box.dataset.takenAt = at;
    box.dataset.theirs = answer.theirs === null || answer.theirs === undefined ? "" : String(answer.theirs);
    box.dataset.gone = answer.theirs === null || answer.theirs === undefined ? "yes" : "";
    box.innerHTML = answer.html ?? "";
    place.querySelector(`[data-taken-at="${CSS.escape(at)}"]`)?.remove();
    place.append(box);
    box.querySelector<HTMLElement>("button")?.focus();
  }

  function choose(choice: HTMLElement): void {
    const box = choice.closest<HTMLElement>("[data-taken-at]")!;
    const at = box.dataset.takenAt!;
    undecided.delete(at);
    if (choice.dataset.choose === "mine") {
      dirty.add(at);
    } else {
      dirty.delete(at);
      if (box.dataset.gone) {
        void save().then(() => location.reload());
        return;
      }
      set(at, box.dataset.theirs!);
    }
    const field = fields(at)[0];
    box.remove();
    field?.focus();
    void save();
  }

  // A button that adds, moves or takes away: first what is typed is kept, then it goes.
  form.addEventListener("submit", (event) => {
    if (going || (!dirty.size && !undecided.size)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = (event as SubmitEvent).submitter;
    void save().then((kept) => {
      if (!kept || undecided.size) return;
      going = true;
      form.requestSubmit(pressed);
      going = false;
    });
  });
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".parts a, .editor-list a, .tabs a, #editor-undo a")) {
    link.addEventListener("click", (event) => {
      if (!dirty.size || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      void save().then((kept) => {
        if (kept && !undecided.size) location.href = link.href;
      });
    });
  }
  addEventListener("beforeunload", (event) => {
    if (dirty.size && !going) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !signedOut.hidden) void save();
  });
  addEventListener("focus", () => {
    if (!signedOut.hidden) void save();
  });
}

// The field an address of the page names: shown, and ready to type in.
function open(hash: string): void {
  if (!hash.startsWith("#at:")) return;
  let at = decodeURIComponent(hash.slice(1));
  let found = document.getElementById(at);
  while (!found && at.includes("/")) {
    at = at.slice(0, at.lastIndexOf("/"));
    found = document.getElementById(at);
  }
  if (!found) return;
  found.scrollIntoView({ block: "center" });
  found.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select")?.focus({ preventScroll: true });
}
