/** Answers subsets in a worker. */
import { expose } from "comlink";
import { answersChecksum } from "./subsets.js";

expose(answersChecksum);
