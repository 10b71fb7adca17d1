// Everything a page does beyond plain forms and links. Each part works alone; none is needed to get on.
import htmx from "htmx.org";
import { capture } from "./capture.ts";
import { clocks } from "./clocks.ts";
import { confirmations } from "./confirm.ts";
import { drafts } from "./draft.ts";
import { editor } from "./editor.ts";
import { elder } from "./elder.ts";
import { filter } from "./filter.ts";
import { keep } from "./keep.ts";
import { keypads } from "./keypad.ts";
import { keys } from "./keys.ts";
import { live } from "./live.ts";
import { once } from "./once.ts";
import { phrases } from "./phrases.ts";
import { tables } from "./tables.ts";
import { viewer } from "./viewer.ts";

// htmx reads its own settings from the page's `htmx-config`: nothing evaluated, no inline style, own origin only.
document.documentElement.dataset.script = "";
confirmations();
drafts();
editor(htmx);
keep();
once();
keys();
filter();
phrases();
tables();
viewer();
keypads();
elder();
capture();
clocks();
live(htmx);
