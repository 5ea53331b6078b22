/* What the client can do in a loop. Each call returns 0 or an errno. Xen's structs as of 4.17 (public/sysctl.h, domctl.h). */
#include <signal.h>

struct hypercall {
  uint64_t op, arg[5];
};

struct operation {
  const char *name, *file;
  int other;
  int fd, answer;
  pid_t child;
  uint32_t number; /* of domains, or of bytes */
  struct hypercall hypercall;
  void *buffer, *sysctl;
  int (*prepare)(struct operation *);
  int (*call)(struct operation *);
};

#define DOMAININFO_SIZE 160 /* more than any release's struct xen_domctl_getdomaininfo */

static int open_file(struct operation *op) {
  op->fd = open(op->file, O_RDWR | O_CLOEXEC);
  return op->fd < 0 ? errno : 0;
}

static int hypercall(struct operation *op) {
  return ioctl(op->fd, IOCTL_HYPERCALL, &op->hypercall) < 0 ? errno : 0;
}

/* xen_version(XENVER_version) */
static int prepare_version(struct operation *op) {
  op->hypercall = (struct hypercall){17, {0, 0}};
  return open_file(op);
}

/* console_io(CONSOLEIO_write, 64 bytes) */
static int prepare_console(struct operation *op) {
  op->buffer = malloc(64);
  memset(op->buffer, 'x', 63);
  ((char *)op->buffer)[63] = '\n';
  op->hypercall = (struct hypercall){18, {0, 64, (uintptr_t)op->buffer}};
  return open_file(op);
}

/* The user's hypercall of scripts/bench/hypercalls.ts: a string */
static int prepare_string(struct operation *op) {
  op->buffer = strdup("Hello from the benchmark");
  op->hypercall = (struct hypercall){39, {(uintptr_t)op->buffer}};
  return open_file(op);
}

struct sysctl {
  uint32_t cmd, interface_version;
  uint16_t first_domain;
  uint16_t pad;
  uint32_t max_domains;
  uint64_t buffer;
  uint32_t num_domains;
  uint8_t rest[100];
};

static int prepare_list(struct operation *op) {
  struct sysctl *sysctl = calloc(1, sizeof *sysctl);
  op->buffer = malloc((size_t)op->number * DOMAININFO_SIZE);
  memset(op->buffer, 0, (size_t)op->number * DOMAININFO_SIZE); /* present, as hypercall buffers are */
  *sysctl = (struct sysctl){.cmd = 6, .interface_version = 0x15, .max_domains = op->number, .buffer = (uintptr_t)op->buffer};
  op->sysctl = sysctl;
  op->hypercall = (struct hypercall){35, {(uintptr_t)sysctl}};
  return open_file(op);
}

static int call_list(struct operation *op) {
  struct sysctl *sysctl = op->sysctl;
  int error = hypercall(op);
  return error ? error : sysctl->num_domains == op->number ? 0 : ERANGE;
}

/* domctl(XEN_DOMCTL_createdomain), each call another domain: an HVM guest of one vcpu. */
struct domctl_create {
  uint32_t cmd, interface_version;
  uint16_t domain, pad[3];
  uint32_t ssidref;
  uint8_t handle[16];
  uint32_t flags, iommu_opts, max_vcpus, max_evtchn_port;
  int32_t max_grant_frames, max_maptrack_frames;
  uint32_t grant_opts, vmtrace_size, cpupool_id, emulation_flags, misc_flags;
  uint8_t rest[100];
};

static int prepare_create(struct operation *op) {
  op->buffer = calloc(1, sizeof(struct domctl_create));
  op->hypercall = (struct hypercall){36, {(uintptr_t)op->buffer}};
  return open_file(op);
}

static int call_create(struct operation *op) {
  *(struct domctl_create *)op->buffer = (struct domctl_create){.cmd = 1, .interface_version = 0x15, .flags = 3,
    .max_vcpus = 1, .max_evtchn_port = 1023, .max_grant_frames = 4, .max_maptrack_frames = 4, .grant_opts = 2,
    .emulation_flags = 1};
  return hypercall(op);
}

static int prepare_read(struct operation *op) {
  op->buffer = malloc(1 << 20);
  op->fd = open(op->file, O_RDONLY | O_CLOEXEC);
  return op->fd < 0 ? errno : 0;
}

static int call_read(struct operation *op) {
  ssize_t got = pread(op->fd, op->buffer, op->number, 0);
  return got < 0 ? errno : got == 0 ? ENODATA : 0;
}

static int prepare_pingpong(struct operation *op) {
  int there[2], back[2];
  char byte;
  if (pipe(there) < 0 || pipe(back) < 0) return errno;
  if ((op->child = fork()) == 0) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(op->other, &set);
    if (op->other >= 0) sched_setaffinity(0, sizeof set, &set);
    close(there[1]);
    while (read(there[0], &byte, 1) == 1)
      if (write(back[1], &byte, 1) != 1) break;
    _exit(0);
  }
  op->fd = there[1];
  op->answer = back[0];
  return 0;
}

static int call_pingpong(struct operation *op) {
  char byte = 0;
  return write(op->fd, &byte, 1) == 1 && read(op->answer, &byte, 1) == 1 ? 0 : EPIPE;
}

static int find_operation(struct operation *op) {
  static const struct {
    const char *name;
    int (*prepare)(struct operation *), (*call)(struct operation *);
    uint32_t number;
  } table[] = {
    {"xen_version", prepare_version, hypercall, 0},
    {"console_io", prepare_console, hypercall, 0},
    {"list_1", prepare_list, call_list, 1},
    {"list_100", prepare_list, call_list, 100},
    {"list_10000", prepare_list, call_list, 10000},
    {"string", prepare_string, hypercall, 0},
    {"create", prepare_create, call_create, 0},
    {"read", prepare_read, call_read, 4096},
    {"read_dmesg", prepare_read, call_read, 1 << 20},
    {"pingpong", prepare_pingpong, call_pingpong, 0},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    if (strcmp(table[i].name, op->name)) continue;
    op->prepare = table[i].prepare;
    op->call = table[i].call;
    op->number = table[i].number;
    return 1;
  }
  return 0;
}
