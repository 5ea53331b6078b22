/*
 * The C peer: a single-threaded FUSE daemon on libfuse3's low-level API that does the minimum for each hypercall: it copies the
 * 48 bytes, and the memory that the hypercall points to, with process_vm_readv and process_vm_writev.
 * Files: privcmd (ioctl) and capabilities (a small file, read with direct I/O, as Fauxen's).
 */
#define _GNU_SOURCE
#define FUSE_USE_VERSION 35
#include <errno.h>
#include <fuse3/fuse_lowlevel.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>

#define SMALL "control_d\n"
#define DOMAINS 10001
enum { ROOT = FUSE_ROOT_ID, PRIVCMD, CAPABILITIES };

static void attributes(fuse_ino_t ino, struct stat *st) {
  memset(st, 0, sizeof *st);
  st->st_ino = ino;
  st->st_nlink = 1;
  st->st_mode = ino == ROOT ? S_IFDIR | 0755 : ino == PRIVCMD ? S_IFREG | 0600 : S_IFREG | 0444;
}

static void op_lookup(fuse_req_t req, fuse_ino_t parent, const char *name) {
  struct fuse_entry_param entry = {0};
  (void)parent;
  entry.ino = strcmp(name, "privcmd") == 0 ? PRIVCMD : strcmp(name, "capabilities") == 0 ? CAPABILITIES : 0;
  if (entry.ino == 0) {
    fuse_reply_err(req, ENOENT);
    return;
  }
  attributes(entry.ino, &entry.attr);
  fuse_reply_entry(req, &entry);
}

static void op_getattr(fuse_req_t req, fuse_ino_t ino, struct fuse_file_info *fi) {
  struct stat st;
  (void)fi;
  attributes(ino, &st);
  fuse_reply_attr(req, &st, 0);
}

static void op_open(fuse_req_t req, fuse_ino_t ino, struct fuse_file_info *fi) {
  (void)ino;
  fi->direct_io = 1;
  fuse_reply_open(req, fi);
}

static void op_read(fuse_req_t req, fuse_ino_t ino, size_t size, off_t offset, struct fuse_file_info *fi) {
  size_t length = sizeof SMALL - 1;
  (void)ino, (void)fi;
  if (offset < 0 || (size_t)offset > length) offset = length;
  length -= offset;
  fuse_reply_buf(req, SMALL + offset, length < size ? length : size);
}

static ssize_t copy(pid_t tid, int write, uint64_t address, void *local, size_t length) {
  struct iovec ours = {local, length}, theirs = {(void *)(uintptr_t)address, length};
  return write ? process_vm_writev(tid, &ours, 1, &theirs, 1, 0) : process_vm_readv(tid, &ours, 1, &theirs, 1, 0);
}

/* Xen 4.17's structs, as far as getdomaininfolist uses them (public/sysctl.h, domctl.h). */
struct sysctl {
  uint32_t cmd, interface_version;
  uint16_t first_domain, pad;
  uint32_t max_domains;
  uint64_t buffer;
  uint32_t num_domains;
  uint8_t rest[108];
};
struct domaininfo {
  uint16_t domain, pad;
  uint32_t flags;
  uint64_t tot_pages, max_pages, outstanding_pages, shr_pages, paged_pages, shared_info_frame, cpu_time;
  uint32_t nr_online_vcpus, max_vcpu_id, ssidref;
  uint8_t handle[16];
  uint32_t cpupool;
  uint8_t gpaddr_bits, more[11];
};
_Static_assert(sizeof(struct sysctl) == 136 && sizeof(struct domaininfo) == 112, "as Xen's");

/* A domain of one virtual CPU, from which its struct is made at each call, as Xen does. */
struct domain {
  uint64_t pages, started;
  uint16_t id;
  uint8_t blocked, hvm;
} static domains[DOMAINS];

static int list_domains(pid_t tid, uint64_t argument) {
  static struct domaininfo list[DOMAINS];
  struct sysctl sysctl;
  struct timespec now;
  uint32_t count = 0;
  if (copy(tid, 0, argument, &sysctl, sizeof sysctl) != sizeof sysctl) return -EFAULT;
  if (sysctl.cmd != 6) return -EOPNOTSUPP;
  clock_gettime(CLOCK_MONOTONIC, &now);
  for (; count < sysctl.max_domains && sysctl.first_domain + count < DOMAINS; count++) {
    const struct domain *domain = &domains[sysctl.first_domain + count];
    list[count] = (struct domaininfo){.domain = domain->id, .flags = (domain->blocked ? 0x10 : 0x20) | (domain->hvm ? 2 : 0),
      .tot_pages = domain->pages, .max_pages = domain->pages, .cpu_time = now.tv_sec * 1000000000ULL + now.tv_nsec - domain->started,
      .nr_online_vcpus = 1, .gpaddr_bits = 40};
  }
  ssize_t size = count * sizeof *list;
  if (copy(tid, 1, sysctl.buffer, list, size) != size) return -EFAULT;
  sysctl.num_domains = count;
  return copy(tid, 1, argument, &sysctl, sizeof sysctl) == sizeof sysctl ? 0 : -EFAULT;
}

static void op_ioctl(fuse_req_t req, fuse_ino_t ino, unsigned int cmd, void *arg, struct fuse_file_info *fi,
                     unsigned flags, const void *in, size_t in_size, size_t out_size) {
  static char buffer[4096];
  pid_t tid = fuse_req_ctx(req)->pid;
  uint64_t call[6];
  int result = 0;
  (void)fi, (void)flags, (void)in, (void)in_size, (void)out_size;
  if (ino != PRIVCMD || cmd != 0x305000) {
    fuse_reply_err(req, ENOTTY);
    return;
  }
  if (copy(tid, 0, (uintptr_t)arg, call, sizeof call) != sizeof call) {
    fuse_reply_err(req, EFAULT);
    return;
  }
  if (call[0] == 17) result = 4 << 16 | 17;
  else if (call[0] == 18) result = call[2] <= sizeof buffer && copy(tid, 0, call[3], buffer, call[2]) > 0 ? 0 : -EFAULT;
  else if (call[0] == 35) result = list_domains(tid, call[1]);
  else if (call[0] == 39) result = copy(tid, 0, call[1], buffer, 25) == 25 ? 0 : -EFAULT;
  else result = -EOPNOTSUPP;
  if (result < 0) fuse_reply_err(req, -result);
  else fuse_reply_ioctl(req, result, NULL, 0);
}

static const struct fuse_lowlevel_ops ops = {
  .lookup = op_lookup, .getattr = op_getattr, .open = op_open, .read = op_read, .ioctl = op_ioctl,
};

int main(int argc, char **argv) {
  char *arguments[] = {argv[0], "-o", "fsname=fauxen-bench-c", NULL};
  struct fuse_args args = FUSE_ARGS_INIT(3, arguments);
  struct fuse_session *session;
  if (argc != 2) return fprintf(stderr, "usage: daemon DIRECTORY\n"), 2;
  session = fuse_session_new(&args, &ops, sizeof ops, NULL);
  if (session == NULL || fuse_set_signal_handlers(session) != 0 || fuse_session_mount(session, argv[1]) != 0) return 1;
  for (int i = 0; i < DOMAINS; i++) domains[i] = (struct domain){.pages = 65536, .id = i, .blocked = i != 0, .hvm = i != 0};
  printf("mounted %s\n", argv[1]);
  fflush(stdout);
  int status = fuse_session_loop(session);
  fuse_session_unmount(session);
  fuse_session_destroy(session);
  return status != 0;
}
