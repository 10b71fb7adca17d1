// Materials photographed at the counter: camera, keys and dragging over forms that also work without any of it.
//
// Every photo and file goes up at once and by itself, and the pages come back as the server has them. What could not be
// sent stays here and is tried again; a session that ends takes no photo with it.
import { morph } from "./morph.ts";

const RETRY_MS = 4000;
const QUALITY = 0.92;

interface Waiting {
  name: string;
  file: Blob;
  material: string;
  once: string;
}

export function capture(): void {
  const root = document.getElementById("capture");
  const form = document.querySelector<HTMLFormElement>("#capture #attach");
  if (!root) return;
  arrange(root);
  if (!form) return;
  const queue = new Queue(root, form);
  camera(root, (file, name) => queue.add(file, name));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = form.querySelector<HTMLInputElement>("input[type=file]")!;
    for (const file of chosen.files ?? []) queue.add(file, file.name);
    chosen.value = "";
  });
}

class Queue {
  private waiting: Waiting[] = [];
  private going = false;
  private refusals: string[] = [];

  constructor(
    private root: HTMLElement,
    private form: HTMLFormElement,
  ) {
    addEventListener("beforeunload", (event) => {
      if (this.waiting.length) event.preventDefault();
    });
    addEventListener("focus", () => {
      if (this.waiting.length && !this.going) void renew(this.root).then(() => this.go()); // back from signing in elsewhere
    });
  }

  add(file: Blob, name: string): void {
    if (file.size > Number(this.root.dataset.most)) {
      this.refusals.push(`${this.root.dataset.tooLarge}${name}`);
      this.say("");
      return;
    }
    const material = new FormData(this.form).get("material");
    this.waiting.push({ file, name, material: String(material ?? ""), once: mark() });
    void this.go();
  }

  private async go(): Promise<void> {
    if (this.going) return;
    this.going = true;
    while (this.waiting.length) {
      const next = this.waiting[0];
      this.say("reading");
      const outcome = await this.send(next);
      if (outcome !== "done") {
        this.say(outcome);
        setTimeout(() => void renew(this.root).then(() => this.go()), RETRY_MS);
        break;
      }
      this.waiting.shift();
    }
    this.going = false;
    if (!this.waiting.length) this.say("");
  }

  private async send(next: Waiting): Promise<"done" | "failed" | "signedOut"> {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", new FormData(this.form).get("csrfmiddlewaretoken") as string);
    body.set("once", next.once);
    body.set("material", next.material);
    body.set("file", next.file, next.name);
    return await post(this.root, this.form.action, body);
  }

  private say(what: "" | "reading" | "failed" | "signedOut"): void {
    const status = document.getElementById("capture-status")!;
    const names = this.waiting.map((one) => one.name).join("、");
    status.textContent = [...this.refusals, what && names ? `${this.root.dataset[what]}${names}` : ""].filter(Boolean).join(" ");
    if (what === "") this.refusals = [];
    status.toggleAttribute("data-busy", what === "reading");
  }
}

// A mark of each photo, so that one sent twice is taken once.
function mark(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

async function post(root: HTMLElement, address: string, body: BodyInit): Promise<"done" | "failed" | "signedOut"> {
  try {
    const answer = await fetch(address, { method: "POST", body });
    if (answer.redirected && new URL(answer.url).pathname === "/signin/") return "signedOut";
    if (!answer.ok) return "failed";
    show(root, await answer.text());
    return "done";
  } catch {
    return "failed";
  }
}

async function renew(root: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(location.href);
    if (answer.ok && !answer.redirected) show(root, await answer.text());
  } catch {
    // still away; the next try says so
  }
}

// The pages as the server has them, its sentences, and the form's fresh marks.
function show(root: HTMLElement, html: string): void {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const pages = fresh.getElementById("pages");
  const standing = document.getElementById("pages");
  if (!pages || !standing) return;
  morph(standing, pages);
  for (const tool of standing.querySelectorAll<HTMLButtonElement>("button:disabled")) tool.disabled = false;
  const said = fresh.querySelector(".messages");
  document.querySelector(".messages")?.remove();
  if (said) document.getElementById("main")!.before(document.importNode(said, true));
  for (const name of ["csrfmiddlewaretoken", "once"]) {
    const value = fresh.querySelector<HTMLInputElement>(`#attach input[name=${name}]`)?.value;
    const field = root.querySelector<HTMLInputElement>(`#attach input[name=${name}]`);
    if (value && field) field.value = value;
  }
}

function arrange(root: HTMLElement): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const pressed = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (form.id === "attach") return;
    if (pressed?.dataset.confirm && pressed.dataset.confirmed === undefined) return; // asked first, then sent again
    event.preventDefault();
    const body = new URLSearchParams([...new FormData(form)].filter((e): e is [string, string] => typeof e[1] === "string"));
    if (pressed?.name) body.set(pressed.name, pressed.value);
    const shot = form.closest(".shot")?.id;
    void post(root, form.action, body).then((outcome) => {
      if (outcome !== "done") form.submit(); // as without scripts: the answer is a page that says why
      else if (shot) {
        const standing = document.getElementById(shot);
        standing?.querySelector("details")?.removeAttribute("open");
        standing?.focus();
      }
    });
  });

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    const at = event.target as HTMLElement;
    if (!at.matches("[data-page]")) return;
    const key = event.key.toLowerCase();
    if (/^[0-9]$/.test(key)) {
      const target = root.querySelector<HTMLInputElement>(`#attach [data-key="${key}"]`);
      if (target) assign(at, target.value);
    } else if (key === "r") press(at, "turn");
    else if (key === "delete") press(at, "remove");
    else if (key === "n") {
      at.querySelector<HTMLDetailsElement>("details")!.open = true;
      at.querySelector<HTMLInputElement>("input[name=title]")!.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  let held: HTMLElement | null = null;
  root.addEventListener("dragstart", (event) => {
    held = (event.target as HTMLElement).closest<HTMLElement>("[data-page]");
    if (held) event.dataTransfer?.setData("text/plain", held.id);
  });
  root.addEventListener("dragover", (event) => {
    if (held && (event.target as HTMLElement).closest("[data-drop]")) event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    const group = (event.target as HTMLElement).closest<HTMLElement>("[data-drop]");
    if (!held || !group) return;
    event.preventDefault();
    assign(held, group.dataset.drop!);
    held = null;
  });
}

function assign(shot: HTMLElement, material: string): void {
  shot.querySelector<HTMLSelectElement>("select[name=material]")!.value = material;
  press(shot, "sort");
}

function press(shot: HTMLElement, what: string): void {
  const button = shot.querySelector<HTMLButtonElement>(`button[data-do=${what}]`);
  button?.form?.requestSubmit(button);
}

function camera(root: HTMLElement, taken: (file: Blob, name: string) => void): void {
  const view = root.querySelector<HTMLVideoElement>("#camera-view")!;
  const take = root.querySelector<HTMLButtonElement>("#camera-take")!;
  const which = root.querySelector<HTMLSelectElement>("#camera-which")!;
  let stream: MediaStream | null = null;

  async function open(device = ""): Promise<void> {
    stream?.getTracks().forEach((track) => track.stop());
    const wanted: MediaTrackConstraints = { width: { ideal: 3840 }, height: { ideal: 2160 } };
    if (device) wanted.deviceId = { exact: device };
    else wanted.facingMode = "environment";
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
      view.srcObject = stream;
      await view.play();
    } catch {
      stream = null;
    }
    take.disabled = stream === null;
    view.hidden = stream === null;
    root.querySelector<HTMLElement>("#camera-none")!.hidden = stream !== null;
    if (stream) await list();
  }

  async function list(): Promise<void> {
    const found = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "videoinput");
    const used = stream?.getVideoTracks()[0]?.getSettings().deviceId;
    which.replaceChildren(...found.map((device, n) => new Option(device.label || String(n + 1), device.deviceId, false, device.deviceId === used)));
    root.querySelector<HTMLElement>("#camera-choice")!.hidden = found.length < 2;
  }

  function shoot(): void {
    if (!stream || !view.videoWidth) return;
    const paper = document.createElement("canvas");
    paper.width = view.videoWidth;
    paper.height = view.videoHeight;
    paper.getContext("2d")!.drawImage(view, 0, 0);
    view.classList.add("is-taken");
    setTimeout(() => view.classList.remove("is-taken"), 150);
    const now = new Date();
    const at = [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0")).join("");
    paper.toBlob((file) => file && taken(file, `${root.dataset.photo}-${at}.jpg`), "image/jpeg", QUALITY);
  }

  take.addEventListener("click", shoot);
  which.addEventListener("change", () => void open(which.value));
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.repeat || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const at = event.target as Element;
    if (at.closest("button, a, select, summary, textarea, input:not([type=radio])")) return;
    event.preventDefault();
    shoot();
  });
  if (navigator.mediaDevices) void open();
  else {
    view.hidden = true;
    root.querySelector<HTMLElement>("#camera-none")!.hidden = false;
  }
}
