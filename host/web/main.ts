/**
 * The page's entry: the worker starts first and opens what the address names, while what draws the page is still being loaded and
 * drawn.
 */
import { startEngine } from "./engine/client.js";
import { EXAMPLE, givenBy } from "./given.js";

const { engine, started } = startEngine();
const given = givenBy(location.hash) ?? EXAMPLE;
const opened = engine.open(given);
opened.catch(() => {}); // the page tells of it
const [{ show }] = await Promise.all([import("./view/show.js"), started]);
show(engine, { given, opened });
