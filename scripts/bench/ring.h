/* What a program of its own needs of liburing: a ring with entries of 128 bytes, for commands about one file. */
#include <linux/io_uring.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAX_CPUS = 64 };

static int fuse, ring;
static unsigned *sq_tail, *sq_mask, *sq_array, *cq_head, *cq_tail, *cq_mask;
static char *sqes;
static struct io_uring_cqe *cqes;

static void must(int good, const char *what) {
  if (good) return;
  perror(what);
  exit(1);
}

static void *pages(size_t size) {
  void *got = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  must(got != MAP_FAILED, "mmap");
  return got;
}

static void make_ring(void) {
  struct io_uring_params with = {.flags = IORING_SETUP_SQE128 | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN};
  ring = syscall(SYS_io_uring_setup, MAX_CPUS, &with);
  must(ring >= 0, "io_uring_setup");
  int access = PROT_READ | PROT_WRITE;
  char *sq = mmap(0, with.sq_off.array + 4 * with.sq_entries, access, MAP_SHARED, ring, IORING_OFF_SQ_RING);
  char *cq = mmap(0, with.cq_off.cqes + sizeof *cqes * with.cq_entries, access, MAP_SHARED, ring, IORING_OFF_CQ_RING);
  sqes = mmap(0, 128 * with.sq_entries, access, MAP_SHARED, ring, IORING_OFF_SQES);
  sq_tail = (void *)(sq + with.sq_off.tail), sq_mask = (void *)(sq + with.sq_off.ring_mask);
  sq_array = (void *)(sq + with.sq_off.array), cq_head = (void *)(cq + with.cq_off.head);
  cq_tail = (void *)(cq + with.cq_off.tail), cq_mask = (void *)(cq + with.cq_off.ring_mask);
  cqes = (void *)(cq + with.cq_off.cqes);
}

static struct io_uring_sqe *next_entry(int opcode) {
  unsigned at = *sq_tail & *sq_mask;
  struct io_uring_sqe *entry = (void *)(sqes + 128 * at);
  memset(entry, 0, 128);
  entry->opcode = opcode, entry->fd = fuse, entry->user_data = opcode;
  sq_array[at] = at;
  __atomic_store_n(sq_tail, *sq_tail + 1, __ATOMIC_RELEASE);
  return entry;
}
