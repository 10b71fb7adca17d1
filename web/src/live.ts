// One stream a page. When something it shows was touched, the part marked `data-live` is fetched anew.
//
//   <section id="queue" data-live="{address with token}" data-url="/counter/">
//
// Several parts may share the page; they share the first one's stream. The token lives a minute, so a lost
// stream is not simply reconnected: the part is fetched (which brings a new token), then the stream is opened
// again. Until it stands, this goes on every five seconds.
import type { HtmxApi } from "./htmx.ts";

const GATHER_MS = 300;
const RETRY_MS = 5000;

export function live(htmx: HtmxApi): void {
  if (!parts().length) return;
  let stream: EventSource | null = null;
  let again: number | undefined;
  let due: number | undefined;
  let last = 0;
  let fetching = false;

  function open(): void {
    close();
    const address = parts()[0]?.dataset.live;
    if (!address) return;
    stream = new EventSource(address);
    stream.addEventListener("touched", touched);
    stream.addEventListener("resync", touched);
    stream.onerror = lost;
  }

  function close(): void {
    stream?.close();
    stream = null;
    clearTimeout(again);
  }

  function lost(): void {
    close();
    again = window.setTimeout(async () => {
      await refresh();
      open();
    }, RETRY_MS);
  }

  // At most one fetch in GATHER_MS, and the last touch is never left out.
  function touched(): void {
    if (due !== undefined) return;
    due = window.setTimeout(() => {
      due = undefined;
      if (fetching) touched();
      else void refresh();
    }, Math.max(0, last + GATHER_MS - Date.now()));
  }

  async function refresh(): Promise<void> {
    last = Date.now();
    fetching = true;
    try {
      await Promise.all(parts().map((part) => renew(htmx, part)));
    } finally {
      fetching = false;
    }
  }

  open();
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => {
    if (event.persisted) void refresh().then(open);
  });
  // A phone that slept has missed everything since.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void refresh().then(() => (stream ? undefined : open()));
  });
}

function parts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-live]")];
}

async function renew(htmx: HtmxApi, part: HTMLElement): Promise<void> {
  const address = part.dataset.url || location.pathname + location.search;
  let html: string;
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true", "X-Live": "1" }, credentials: "same-origin", cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    html = await answer.text();
  } catch {
    return; // no network: what stands on the page stays
  }
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(part.id);
  if (!fresh || !part.isConnected) return;
  part.dataset.live = fresh.dataset.live ?? "";
  if (plain(fresh) === plain(part)) return;
  const held = place(part);
  const opened = [...part.querySelectorAll("details[open]")].map((details) => details.id).filter(Boolean);
  htmx.swap(part, fresh.innerHTML, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (held) part.querySelector<HTMLElement>(held)?.focus({ preventScroll: true });
}

// What a reader sees: without the marks that differ on every rendering, nothing on the page jumps for nothing.
function plain(part: HTMLElement): string {
  const copy = part.cloneNode(true) as HTMLElement;
  for (const mark of copy.querySelectorAll("[name=csrfmiddlewaretoken], [name=once]")) mark.remove();
  for (const details of copy.querySelectorAll("details[open]")) details.removeAttribute("open");
  return copy.innerHTML.replace(/\s+/g, " ");
}

function place(part: HTMLElement): string | null {
  const held = document.activeElement;
  if (!held || !part.contains(held)) return null;
  if (held.id) return `#${CSS.escape(held.id)}`;
  const link = held.getAttribute("href");
  return link ? `[href="${CSS.escape(link)}"]` : null;
}
