import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/pipe.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // By default one processor is left to the terminal: on two, half of them.
    maxWorkers: availableParallelism(),
  },
});
