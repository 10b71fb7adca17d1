// One stream a page. When something it shows was touched, the part marked `data-live` is fetched anew.
//
//   <section id="queue" data-live="{address with token}" data-url="/counter/">
//
// Several parts may share the page; they share the first one's stream. The token lives a minute, so a lost
// stream is not simply reconnected: the part is fetched (which brings a new token), then the stream is opened
// again. Until it stands, this goes on every five seconds. A stream that says nothing, not even that it is
// there, is a lost one too: a pulled cable closes no connection.
import type htmxModule from "htmx.org";
import { morph } from "./morph.ts";

type Htmx = typeof htmxModule;

const GATHER_MS = 300;
const RETRY_MS = 5000;
const SILENCE_MS = 40_000; // the server speaks every fifteen seconds

export function live(htmx: Htmx): void {
  if (!parts().length) return;
  // A way to swap that touches only what differs: focus, open folds and half-typed words stay.
  htmx.defineExtension("calm", {
    isInlineSwap: (style) => style === "calm",
    handleSwap: (style, target, fragment) => {
      if (style !== "calm") return false;
      const standing = target as Element;
      const fresh = [...(fragment as DocumentFragment).children].find((part) => part.id === standing.id);
      if (fresh) morph(standing, fresh);
      return [];
    },
  });

  let stream: EventSource | null = null;
  let again: number | undefined;
  let silent: number | undefined;
  let due: number | undefined;
  let last = 0;
  let fetching: Promise<void> | null = null;
  let failed = false;

  function open(): void {
    close();
    const address = parts()[0]?.dataset.live;
    if (!address) return;
    stream = new EventSource(address);
    stream.addEventListener("touched", touched);
    stream.addEventListener("resync", touched);
    for (const word of ["touched", "resync", "here"]) stream.addEventListener(word, heard);
    stream.onerror = lost;
    heard();
  }

  function heard(): void {
    clearTimeout(silent);
    silent = window.setTimeout(lost, SILENCE_MS);
  }

  function close(): void {
    stream?.close();
    stream = null;
    clearTimeout(again);
    clearTimeout(silent);
  }

  function lost(): void {
    close();
    again = window.setTimeout(() => void refresh().then(open), RETRY_MS);
  }

  // At most one fetch in GATHER_MS, and the last touch is never left out.
  function touched(): void {
    if (due !== undefined) return;
    due = window.setTimeout(() => {
      due = undefined;
      if (fetching) touched();
      else void refresh();
    }, Math.max(50, last + GATHER_MS - Date.now()));
  }

  // One at a time: whoever asks meanwhile waits for the same answer.
  function refresh(): Promise<void> {
    fetching ??= fetchAll().finally(() => (fetching = null));
    return fetching;
  }

  async function fetchAll(): Promise<void> {
    last = Date.now();
    failed = false;
    await Promise.allSettled(parts().map((part) => renew(htmx, part)));
    const say = document.getElementById("offline");
    if (say) say.hidden = !failed;
    if (failed && stream) lost(); // the stream may stand while the pages do not
  }

  for (const event of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(event, () => {
      failed = true;
    });
  }
  open();
  addEventListener("offline", () => {
    lost();
    void refresh();
  });
  addEventListener("online", () => void refresh().then(open));
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => {
    if (event.persisted) void refresh().then(open);
  });
  // A phone that slept may have missed something.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void refresh().then(() => (stream ? undefined : open()));
  });
}

function parts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-live]")];
}

function renew(htmx: Htmx, part: HTMLElement): Promise<void> {
  const address = part.dataset.url || location.pathname + location.search;
  return htmx.ajax("get", address, { source: part, target: part, select: `#${CSS.escape(part.id)}`, swap: "calm" }).then(() => outgrown(part));
}

// A board nobody touches for weeks outlives the release it was opened under: it opens itself anew when the scripts have changed.
function outgrown(part: HTMLElement): void {
  const build = part.dataset.build;
  if (build && !document.querySelector(`script[src="${CSS.escape(build)}"]`)) location.reload();
}
