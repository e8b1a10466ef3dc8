/** What draws the page. */
import { render } from "preact";
import type { RemoteEngine } from "../engine/client.js";
import { App } from "./app.js";
import { applyTheme } from "./theme.js";
import type { First } from "./useDocument.js";

/** Draws the page with what is being opened at first; once that is done it is kept for visits without a network. */
export function show(engine: RemoteEngine, first: First): void {
  applyTheme();
  const page = document.getElementById("page");
  if (page) render(<App engine={engine} first={first} />, page);
  // Where it cannot be kept, the page works all the same.
  const keep = () => navigator.serviceWorker?.register("./serviceWorker.js").catch(() => {});
  first.opened.then(keep, keep);
}
