/** Colour on a terminal, plain text in a pipe or file; NO_COLOR and FORCE_COLOR decide before that. */
import pc from "picocolors";

const { NO_COLOR, FORCE_COLOR } = process.env;

// picocolors by itself also colours what CI pipes into a file.
export const colour = pc.createColors(!NO_COLOR && (Boolean(FORCE_COLOR) || process.stdout.isTTY === true));
