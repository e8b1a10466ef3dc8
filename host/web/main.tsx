/** The page's entry. */
import { render } from "preact";
import { startEngine } from "./engine/client.js";
import { App } from "./view/app.js";
import { applyTheme } from "./view/theme.js";

applyTheme();
const page = document.getElementById("page");
if (page) render(<App engine={startEngine()} />, page);

// Once loaded the page works without a network; where that is not to be had, it works all the same.
addEventListener("load", () => {
  navigator.serviceWorker?.register("./serviceWorker.js").catch(() => {});
});
