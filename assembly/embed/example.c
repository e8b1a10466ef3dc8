/*
 * The kernel in a C program: kernel.scalar.wasm translated by wasm2c and compiled in, no WebAssembly engine at run time.
 * Reads binary snapshots on standard input until it ends and writes a binary result for each; with --print, a table of every
 * uid instead. Exit code 0, or 2 with one sentence on standard error at the first snapshot that is refused.
 *
 * Build with the Makefile beside it, or by hand (wabt 1.0.32):
 *   wasm2c -n kernel kernel.scalar.wasm -o kernel.c
 *   cc -O2 -I. -I/usr/share/wabt/wasm2c example.c kernel.c /usr/share/wabt/wasm2c/wasm-rt-impl.c -lm -o yuma
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kernel.h"
#include "wasm-rt-impl.h"
#include "yuma.h"

static Z_kernel_instance_t kernel;

/* Fetched anew at each use: memory may have grown and moved. */
static uint8_t* at(uint32_t address) {
  return Z_kernelZ_memory(&kernel)->data + address;
}

/*
 * One epoch: the input block is read from `in` straight into the kernel. Returns 0 and the address of the packed result, or
 * a YUMA_ERROR_* code and its value. A trap comes back here: the runtime jumps to the buffer wasm_rt_impl_try has set.
 */
static int epoch(const yuma_header* snapshot, FILE* in, uint32_t* result, uint64_t* value) {
  const wasm_rt_trap_t trap = wasm_rt_impl_try();
  if (trap != WASM_RT_TRAP_NONE) {
    *value = *Z_kernelZ_errorValue(&kernel);
    return trap == WASM_RT_TRAP_UNREACHABLE ? (int)*Z_kernelZ_errorCode(&kernel) : YUMA_ERROR_INTERNAL;
  }
  const uint32_t base = Z_kernelZ_epochBegin(&kernel, snapshot->uids, snapshot->entries, snapshot->bonds);
  const size_t bytes = snapshot->bytes - sizeof *snapshot;
  const size_t got = fread(at(base), 1, bytes, in);
  if (got != bytes) {
    *value = sizeof *snapshot + got;
    return YUMA_ERROR_TRUNCATED;
  }
  Z_kernelZ_epochCheck(&kernel);
  Z_kernelZ_epochRun(&kernel);
  *result = Z_kernelZ_epochResult(&kernel, snapshot->flags);
  return 0;
}

/* A row a uid, from the packed result. */
static void print(const uint8_t* record) {
  yuma_header header;
  memcpy(&header, record, sizeof header);
  const uint16_t* incentive = (const uint16_t*)(record + yuma_field_at(&header, YUMA_FIELD_INCENTIVE));
  const uint16_t* dividends = (const uint16_t*)(record + yuma_field_at(&header, YUMA_FIELD_DIVIDENDS));
  const uint64_t* emission = (const uint64_t*)(record + yuma_field_at(&header, YUMA_FIELD_EMISSION));
  printf("  uid  incentive  dividends  emission (rao)\n");
  for (uint32_t uid = 0; uid < header.uids; uid++) {
    printf("%5" PRIu32 "  %9u  %9u  %14" PRIu64 "\n", uid, incentive[uid], dividends[uid], emission[uid]);
  }
}

/* Why the program ends with exit code 2 where no snapshot is to blame. */
static int fail(const char* sentence) {
  fprintf(stderr, "yuma: %s\n", sentence);
  return 2;
}

/* The next header: 1, 0 at the end of the stream, or −1 with an error code in `code`. */
static int read_header(FILE* in, yuma_header* header, int* code, uint64_t* value) {
  const size_t got = fread(header, 1, sizeof *header, in);
  if (got == 0) return 0;
  if (got < sizeof *header) {
    const int foreign = got >= sizeof header->magic && header->magic != YUMA_SNAPSHOT_MAGIC;
    *code = foreign ? YUMA_ERROR_MAGIC : YUMA_ERROR_TRUNCATED;
    *value = foreign ? header->magic : got;
    return -1;
  }
  *code = yuma_check_snapshot(header, value);
  return *code == 0 ? 1 : -1;
}

int main(int argc, char** argv) {
  const int table = argc == 2 && strcmp(argv[1], "--print") == 0;
  if (argc > 1 && !table) {
    fprintf(stderr, "usage: %s [--print] < snapshots > results\n", argv[0]);
    return 2;
  }
  wasm_rt_init();
  Z_kernel_init_module();
  Z_kernel_instantiate(&kernel);
  if (Z_kernelZ_abiVersion(&kernel) != YUMA_ABI_VERSION) return fail("the kernel speaks another ABI than yuma.h");
  yuma_header header;
  uint32_t result = 0;
  uint64_t value = 0;
  int code = 0;
  unsigned long ordinal = 1;
  int more;
  for (; (more = read_header(stdin, &header, &code, &value)) > 0; ordinal++) {
    code = epoch(&header, stdin, &result, &value);
    if (code != 0) break;
    if (table) {
      print(at(result));
    } else {
      yuma_header packed;
      memcpy(&packed, at(result), sizeof packed);
      if (fwrite(at(result), 1, packed.bytes, stdout) != packed.bytes) break;
    }
  }
  if (ferror(stdin)) return fail("standard input cannot be read");
  if (fflush(stdout) != 0 || ferror(stdout)) return fail("standard output cannot be written");
  if (code != 0) {
    fprintf(stderr, "yuma: snapshot %lu: %s (%d), value %" PRIu64 "\n", ordinal, yuma_error_name(code), code, value);
  }
  Z_kernel_free(&kernel);
  wasm_rt_free();
  return code == 0 ? 0 : 2;
}
