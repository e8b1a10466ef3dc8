/** The program of a worker in a page. The build makes it one file without imports, since workers read no import maps. */
import { serve } from "./service.js";

serve();
