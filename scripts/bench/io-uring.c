/*
 * Compares FUSE over io_uring, and io_uring's multishot read, with read(2) and write(2): the time of a hypercall's ioctl with a daemon that
 * copies the caller's 48 bytes and answers, measured in turns. Needs root. The first also needs Linux 6.14, and to be turned on for FUSE:
 *
 *   gcc -O2 -o /tmp/io-uring scripts/bench/io-uring.c
 *   echo Y >/sys/module/fuse/parameters/enable_uring; /tmp/io-uring; echo N >/sys/module/fuse/parameters/enable_uring
 *
 * `/tmp/io-uring free` lets the kernel choose CPUs; by default the daemon and its client share one.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "ring.h"

enum { ROUNDS = 10, CALLS = 20000, BUFFERS = 4, PAYLOAD = 1 << 17, HYPERCALL = 0x305000 };
enum { REGISTER = 1, COMMIT_AND_FETCH = 2, URING_CMD = 46, READ_MULTISHOT = 49, OVER_IO_URING = 1 << 9 };
enum { BY_READ, BY_RING, BY_MULTISHOT, WAYS };
static const char *const names[WAYS] = {"read and write", "io_uring", "multishot"};

/* linux/fuse.h 7.42, which distributions do not ship yet. */
struct ring_header {
  char in_out[128];
  char op_in[128];
  struct {
    uint64_t flags, commit_id;
    uint32_t payload_size, padding;
    uint64_t reserved;
  } entry;
};
struct ring_command {
  uint64_t flags, commit_id;
  uint16_t queue;
  uint8_t padding[6];
};

static int cpus;
static struct ring_header *headers[MAX_CPUS];
static char *payloads[MAX_CPUS];
static char request[PAYLOAD + 4096], answer[PAYLOAD];

static struct fuse_attr attributes(uint64_t node) {
  return (struct fuse_attr){.ino = node, .mode = node == 1 ? S_IFDIR | 0755 : S_IFREG | 0666, .nlink = 1, .blksize = 4096};
}

/* Fills `answer`; returns its size, or -errno. `op`: the operation's struct; `rest`: what follows it. */
static int handle(const struct fuse_in_header *header, const char *op, const char *rest) {
  switch (header->opcode) {
  case FUSE_LOOKUP:
    if (strcmp(rest, "privcmd") != 0) return -ENOENT;
    *(struct fuse_entry_out *)answer = (struct fuse_entry_out){.nodeid = 2, .entry_valid = 100, .attr_valid = 100, .attr = attributes(2)};
    return sizeof(struct fuse_entry_out);
  case FUSE_GETATTR:
    *(struct fuse_attr_out *)answer = (struct fuse_attr_out){.attr_valid = 100, .attr = attributes(header->nodeid)};
    return sizeof(struct fuse_attr_out);
  case FUSE_OPEN:
    *(struct fuse_open_out *)answer = (struct fuse_open_out){.open_flags = FOPEN_DIRECT_IO};
    return sizeof(struct fuse_open_out);
  case FUSE_IOCTL: {
    uint64_t call[6];
    struct iovec here = {call, sizeof call}, there = {(void *)((const struct fuse_ioctl_in *)op)->arg, sizeof call};
    if (process_vm_readv(header->pid, &here, 1, &there, 1, 0) != sizeof call) return -EFAULT;
    *(struct fuse_ioctl_out *)answer = (struct fuse_ioctl_out){.result = (int)(call[0] + call[1])};
    return sizeof(struct fuse_ioctl_out);
  }
  case FUSE_FLUSH:
  case FUSE_RELEASE:
    return 0;
  default:
    return -ENOSYS;
  }
}

static struct fuse_out_header head(uint64_t unique, int result) {
  unsigned size = sizeof(struct fuse_out_header) + (result > 0 ? result : 0);
  return (struct fuse_out_header){.len = size, .error = result < 0 ? result : 0, .unique = unique};
}

static void serve_by_read(void) {
  const struct fuse_in_header *header = (void *)request;
  do {
    if (read(fuse, request, sizeof request) < 0) must(errno == EINTR, "read");
    if (header->opcode == FUSE_FORGET) continue;
    int result = handle(header, request + sizeof *header, request + sizeof *header);
    struct fuse_out_header out = head(header->unique, result);
    struct iovec parts[] = {{&out, sizeof out}, {answer, result > 0 ? result : 0}};
    writev(fuse, parts, 2);
  } while (header->opcode != FUSE_RELEASE);
}

static void submit(int queue, int command) {
  static struct iovec buffers[MAX_CPUS][2];
  struct io_uring_sqe *entry = next_entry(URING_CMD);
  entry->cmd_op = command, entry->user_data = queue;
  buffers[queue][0] = (struct iovec){headers[queue], sizeof(struct ring_header)};
  buffers[queue][1] = (struct iovec){payloads[queue], PAYLOAD};
  if (command == REGISTER) entry->addr = (uint64_t)buffers[queue], entry->len = 2;
  struct ring_command *more = (void *)((char *)entry + 48);
  *more = (struct ring_command){.queue = queue, .commit_id = headers[queue]->entry.commit_id};
}

static void register_queues(void) {
  for (int queue = 0; queue < cpus; queue += 1) { /* the kernel uses io_uring once each CPU has a queue */
    headers[queue] = pages(4096);
    payloads[queue] = pages(PAYLOAD);
    submit(queue, REGISTER);
  }
  must(syscall(SYS_io_uring_enter, ring, cpus, 0, 0, 0, 0) == cpus, "register");
}

static void serve_by_ring(void) {
  int ready = 0;
  for (int ended = 0; !ended;) {
    syscall(SYS_io_uring_enter, ring, ready, 1, IORING_ENTER_GETEVENTS, 0, 0);
    ready = 0;
    for (; *cq_head != __atomic_load_n(cq_tail, __ATOMIC_ACQUIRE); __atomic_store_n(cq_head, *cq_head + 1, __ATOMIC_RELEASE)) {
      struct io_uring_cqe *event = &cqes[*cq_head & *cq_mask];
      must(event->res >= 0, "a command of the ring");
      int queue = event->user_data;
      struct ring_header *entry = headers[queue];
      struct fuse_in_header header = *(struct fuse_in_header *)entry->in_out;
      int result = handle(&header, entry->op_in, payloads[queue]);
      *(struct fuse_out_header *)entry->in_out = head(header.unique, result);
      entry->entry.payload_size = result > 0 ? result : 0;
      memcpy(payloads[queue], answer, entry->entry.payload_size);
      submit(queue, COMMIT_AND_FETCH);
      ready += 1;
      ended |= header.opcode == FUSE_RELEASE;
    }
  }
  syscall(SYS_io_uring_enter, ring, ready, 0, 0, 0, 0);
}

/* A multishot read puts each request into one of these buffers; the answer is written by the same io_uring_enter that waits for the next. */
static struct io_uring_buf_ring *buffers;
static char *requests;

static void give_buffer(int index) {
  struct io_uring_buf *buffer = &buffers->bufs[buffers->tail & (BUFFERS - 1)];
  buffer->addr = (uint64_t)(requests + index * sizeof request), buffer->len = sizeof request, buffer->bid = index;
  __atomic_store_n(&buffers->tail, buffers->tail + 1, __ATOMIC_RELEASE);
}

static int read_many(void) {
  struct io_uring_sqe *entry = next_entry(READ_MULTISHOT);
  entry->flags = IOSQE_BUFFER_SELECT, entry->buf_group = 0, entry->off = -1;
  return 1;
}

static void serve_by_multishot(void) {
  static struct fuse_out_header out;
  static struct iovec parts[2];
  buffers = pages(4096);
  requests = pages(BUFFERS * sizeof request);
  struct io_uring_buf_reg with = {.ring_addr = (uint64_t)buffers, .ring_entries = BUFFERS, .bgid = 0};
  must(syscall(SYS_io_uring_register, ring, IORING_REGISTER_PBUF_RING, &with, 1) == 0, "buffers");
  for (int index = 0; index < BUFFERS; index += 1) give_buffer(index);
  must(fcntl(fuse, F_SETFL, O_NONBLOCK) == 0, "O_NONBLOCK");
  int ready = read_many();
  for (int ended = 0; !ended;) {
    syscall(SYS_io_uring_enter, ring, ready, 1, IORING_ENTER_GETEVENTS, 0, 0);
    ready = 0;
    for (; *cq_head != __atomic_load_n(cq_tail, __ATOMIC_ACQUIRE); __atomic_store_n(cq_head, *cq_head + 1, __ATOMIC_RELEASE)) {
      struct io_uring_cqe *event = &cqes[*cq_head & *cq_mask];
      if (event->user_data != READ_MULTISHOT) continue;
      errno = -event->res;
      must(event->res > 0 || event->res == -EINTR || event->res == -ENOBUFS, "a multishot read");
      if (event->res > 0) {
        int index = event->flags >> IORING_CQE_BUFFER_SHIFT;
        const char *message = requests + index * sizeof request;
        const struct fuse_in_header *header = (void *)message;
        ended |= header->opcode == FUSE_RELEASE;
        if (header->opcode != FUSE_FORGET) {
          int result = handle(header, message + sizeof *header, message + sizeof *header);
          out = head(header->unique, result);
          parts[0] = (struct iovec){&out, sizeof out}, parts[1] = (struct iovec){answer, result > 0 ? result : 0};
          struct io_uring_sqe *entry = next_entry(IORING_OP_WRITEV);
          entry->addr = (uint64_t)parts, entry->len = 2, entry->flags = IOSQE_CQE_SKIP_SUCCESS;
          ready += 1;
        }
        give_buffer(index);
      }
      if (!(event->flags & IORING_CQE_F_MORE)) ready += read_many();
    }
  }
  syscall(SYS_io_uring_enter, ring, ready, 0, 0, 0, 0);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static void call(const char *name) {
  int file = open("/mnt/privcmd", O_RDWR);
  must(file >= 0, "open");
  double best = 1e9, start, sum = 0;
  for (int round = 0; round < ROUNDS; round += 1) {
    start = now();
    for (int index = 0; index < CALLS; index += 1) {
      uint64_t hypercall[6] = {17, index & 63};
      must(ioctl(file, HYPERCALL, hypercall) == 17 + (index & 63), "ioctl");
    }
    double each = (now() - start) / CALLS;
    sum += each;
    if (each < best) best = each;
  }
  printf("%-14s %.2f us a call, best %.2f\n", name, sum / ROUNDS, best);
  fflush(stdout);
  _exit(0);
}

static void measure(int way) {
  int by_ring = way == BY_RING;
  fuse = open("/dev/fuse", O_RDWR);
  must(fuse >= 0, "/dev/fuse");
  char options[80];
  snprintf(options, sizeof options, "fd=%d,rootmode=40755,user_id=0,group_id=0", fuse);
  must(mount("io-uring", "/mnt", "fuse.io-uring", 0, options) == 0, "mount");
  must(read(fuse, request, sizeof request) > 0, "INIT");
  struct {
    struct fuse_out_header head;
    struct fuse_init_out init;
  } reply = {.init = {.major = 7, .minor = 40, .max_write = 65536, .max_background = 16, .flags = FUSE_INIT_EXT}};
  reply.head = head(((struct fuse_in_header *)request)->unique, sizeof reply.init);
  if (by_ring) reply.init.flags2 = OVER_IO_URING;
  if (way != BY_READ) make_ring();
  must(write(fuse, &reply, sizeof reply) > 0, "answer to INIT");
  if (by_ring) register_queues();
  pid_t client = fork();
  if (client == 0) call(names[way]);
  if (by_ring) serve_by_ring();
  else if (way == BY_MULTISHOT) serve_by_multishot();
  else serve_by_read();
  waitpid(client, 0, 0);
  umount2("/mnt", MNT_DETACH);
  close(fuse);
}

static int is_on(void) {
  char answer = 'N';
  int file = open("/sys/module/fuse/parameters/enable_uring", O_RDONLY);
  return file >= 0 && read(file, &answer, 1) == 1 && answer == 'Y';
}

int main(int count, char **words) {
  cpus = sysconf(_SC_NPROCESSORS_CONF);
  must(cpus <= MAX_CPUS, "too many CPUs");
  must(unshare(CLONE_NEWNS) == 0 && mount(0, "/", 0, MS_REC | MS_PRIVATE, 0) == 0, "a mount namespace");
  cpu_set_t first;
  CPU_ZERO(&first);
  CPU_SET(0, &first);
  if (count < 2 || strcmp(words[1], "free") != 0) sched_setaffinity(0, sizeof first, &first);
  alarm(120);
  for (int round = 0; round < 3; round += 1) {
    for (int way = 0; way < WAYS; way += 1)
      if (way != BY_RING || is_on()) measure(way);
  }
}
