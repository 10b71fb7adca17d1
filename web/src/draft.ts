// A form marked `data-draft` is kept on the server while somebody types, so that a session that ends takes nothing with it.
//
//   <form data-draft="{address}" data-draft-failed="{words}"> … <p id="draft-status"> … <div id="draft-signed-out" hidden>
//
// Whoever is signed out meanwhile is told at once and stays on the page: after signing in elsewhere, what stands here is kept.
const PAUSE_MS = 1000;
const RETRY_MS = 5000;

type Outcome = "kept" | "signed-out" | "failed";

export function drafts(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-draft]");
  if (!form) return;
  const status = document.getElementById("draft-status");
  const signedOut = document.getElementById("draft-signed-out");
  let typed = 1; // what the page came with is not kept yet
  let kept = 0;
  let timer: number | undefined;
  let last: Promise<Outcome> = Promise.resolve("kept");
  let going = false;

  form.addEventListener("input", () => {
    typed += 1;
    later(PAUSE_MS);
  });

  function later(pause: number): void {
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(), pause);
  }

  // One after the other, so that an older draft never arrives last.
  function save(): Promise<Outcome> {
    clearTimeout(timer);
    last = last.then(once);
    return last;
  }

  async function once(): Promise<Outcome> {
    const at = typed;
    if (at === kept) return "kept";
    const [outcome, words] = await send(form!);
    if (outcome === "kept") kept = at;
    if (outcome === "failed") later(RETRY_MS);
    if (signedOut) signedOut.hidden = outcome !== "signed-out";
    if (status) status.textContent = words;
    return outcome;
  }

  // Before the form goes, what is typed is kept: if the session has ended, nothing is sent and nothing is lost.
  form.addEventListener("submit", (event) => {
    if (going || typed === kept) {
      clearTimeout(timer);
      kept = typed;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = (event as SubmitEvent).submitter;
    void save().then((outcome) => {
      if (outcome === "signed-out") {
        signedOut?.querySelector("a")?.focus();
        return;
      }
      going = true;
      form.requestSubmit(pressed);
      going = false;
    });
  });

  // Back from signing in elsewhere.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && signedOut && !signedOut.hidden) void save();
  });
  addEventListener("focus", () => {
    if (signedOut && !signedOut.hidden) void save();
  });
  addEventListener("pagehide", () => {
    if (typed !== kept && typed > 1) navigator.sendBeacon(form.dataset.draft!, body(form));
  });
}

function body(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams([...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

async function send(form: HTMLFormElement, anew = false): Promise<[Outcome, string]> {
  try {
    const answer = await fetch(form.dataset.draft!, { method: "POST", body: body(form) });
    if (answer.redirected) return (await renew(anew)) ? await send(form, true) : ["signed-out", ""];
    // Signing in gives the forms of every page a new token; with the old one a form is turned away.
    const turnedAway = answer.status === 401 || answer.status === 403;
    if (turnedAway) return (await renew(anew)) ? await send(form, true) : ["signed-out", ""];
    if (answer.ok) return ["kept", await answer.text()];
    return ["failed", form.dataset.draftFailed ?? ""];
  } catch {
    return ["failed", form.dataset.draftFailed ?? ""];
  }
}

// The token as the page has it now; false while nobody is signed in, or when it was renewed just before.
export async function renew(already: boolean): Promise<boolean> {
  if (already) return false;
  const answer = await fetch(location.pathname);
  if (answer.redirected || !answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value;
  if (!token) return false;
  for (const field of document.querySelectorAll<HTMLInputElement>("[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
}
