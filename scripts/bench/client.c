/*
 * The benchmark's client. It reads one measurement per line from stdin and answers each with one line of JSON, so that one
 * process under `fauxen run` serves a whole session:
 *
 *   OPERATION FILE CPU OTHER CLIENTS MILLISECONDS COUNT
 *
 * CPU: where the clients run (-1: anywhere). OTHER: where the answering side of `pingpong` runs. A measurement ends after COUNT
 * calls per client or after MILLISECONDS, whichever comes first.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define IOCTL_HYPERCALL 0x305000UL /* IOCTL_PRIVCMD_HYPERCALL: _IOC(_IOC_NONE, 'P', 0, 48) */
#define MAX_SAMPLES 262144
#define MAX_CLIENTS 64

#include "operations.h"

struct shared {
  volatile int ready, go;
  uint64_t calls[MAX_CLIENTS], elapsed[MAX_CLIENTS];
  int error[MAX_CLIENTS];
  uint32_t samples; /* of client 0 */
  uint32_t nanoseconds[MAX_SAMPLES];
};

static struct shared *shared;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

static void pin(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (cpu >= 0) CPU_SET(cpu, &set);
  else for (int i = 0; i < CPU_SETSIZE; i++) CPU_SET(i, &set);
  sched_setaffinity(0, sizeof set, &set);
}

static int compare(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* One client: warms up, waits for all others, then calls until the time or the count is reached. */
static void client(int index, struct operation *op, int milliseconds, uint64_t count) {
  int error = op->prepare(op);
  for (int i = 0; i < 20 && !error; i++) error = op->call(op);
  shared->error[index] = error;
  __atomic_add_fetch(&shared->ready, 1, __ATOMIC_SEQ_CST);
  while (!shared->go) usleep(200);
  if (error) return;
  uint64_t begin = now(), end = begin + milliseconds * 1000000ULL, last = begin, calls = 0;
  while (last < end && calls < count) {
    if ((error = op->call(op)) != 0) break;
    uint64_t t = now();
    if (index == 0 && calls < MAX_SAMPLES) shared->nanoseconds[calls] = t - last > UINT32_MAX ? UINT32_MAX : t - last;
    last = t;
    calls++;
  }
  shared->error[index] = error;
  shared->calls[index] = calls;
  shared->elapsed[index] = last - begin;
  if (index == 0) shared->samples = calls < MAX_SAMPLES ? calls : MAX_SAMPLES;
}

static void measure(const char *name, const char *file, int cpu, int other, int clients, int milliseconds, uint64_t count) {
  memset(shared, 0, sizeof *shared);
  for (int i = 0; i < clients; i++) {
    if (fork() == 0) {
      struct operation op = {.name = name, .file = file, .other = other};
      prctl(PR_SET_PDEATHSIG, SIGKILL); /* a benchmark that is interrupted leaves nobody behind */
      pin(cpu);
      if (find_operation(&op)) {
        client(i, &op, milliseconds, count);
        if (op.child > 0) kill(op.child, SIGKILL);
      } else {
        shared->error[i] = ENOTSUP;
        __atomic_add_fetch(&shared->ready, 1, __ATOMIC_SEQ_CST);
      }
      _exit(0);
    }
  }
  while (shared->ready < clients) usleep(200);
  shared->go = 1;
  while (wait(NULL) > 0) {}

  uint64_t calls = 0, elapsed = 0, sum = 0;
  int error = 0;
  for (int i = 0; i < clients; i++) {
    calls += shared->calls[i];
    if (shared->elapsed[i] > elapsed) elapsed = shared->elapsed[i];
    if (shared->error[i]) error = shared->error[i];
  }
  uint32_t n = shared->samples;
  for (uint32_t i = 0; i < n; i++) sum += shared->nanoseconds[i];
  qsort(shared->nanoseconds, n, sizeof(uint32_t), compare);
  printf("{\"error\":%d,\"calls\":%llu,\"seconds\":%.6f,\"mean\":%.0f,\"median\":%u,\"p95\":%u}\n", error,
         (unsigned long long)calls, elapsed / 1e9, n ? (double)sum / n : 0.0, n ? shared->nanoseconds[n / 2] : 0,
         n ? shared->nanoseconds[n * 95ULL / 100] : 0);
  fflush(stdout);
}

int main(void) {
  char line[4096], name[64], file[3900];
  int cpu, other, clients, milliseconds;
  unsigned long long count;
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return perror("mmap"), 1;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%63s %3899s %d %d %d %d %llu", name, file, &cpu, &other, &clients, &milliseconds, &count) != 7 ||
        clients < 1 || clients > MAX_CLIENTS)
      return fprintf(stderr, "client: cannot make sense of: %s", line), 2;
    measure(name, file, cpu, other, clients, milliseconds, count);
  }
  return 0;
}
