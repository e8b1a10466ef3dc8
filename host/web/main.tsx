/** The page's entry. */
import { render } from "preact";
import { startEngine } from "./engine/client.js";
import { App } from "./view/app.js";

const page = document.getElementById("page");
if (page) render(<App engine={startEngine()} />, page);
