/*
 * Makes hypercalls (xen_version), and says how many were wrong and whether the process has a seccomp filter. argv: privcmd, the number of
 * calls, and what to do at half of them: nothing, threads, fork, descriptors (none is left), listener (ask for one of its own).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define HYPERCALL 0x305000UL
#define THREADS 4

static int fd, calls, wrong;

static void make(int count) {
  for (int i = 0; i < count; i++) {
    struct { uint64_t op, arg[5]; } hypercall = {17, {0}};
    if (ioctl(fd, HYPERCALL, &hypercall) != (4 << 16 | 17)) __atomic_add_fetch(&wrong, 1, __ATOMIC_SEQ_CST);
  }
}

static void *thread(void *unused) {
  make(calls);
  return unused;
}

static void tell(const char *who) {
  char line[256];
  FILE *status = fopen("/proc/self/status", "r");
  while (status != NULL && fgets(line, sizeof line, status) != NULL)
    if (strncmp(line, "Seccomp:", 8) == 0) printf("%s: %d wrong, filter %c\n", who, wrong, line[9]);
  fflush(stdout);
}

int main(int argc, char **argv) {
  const char *what = argc > 3 ? argv[3] : "";
  pthread_t threads[THREADS];
  int started = strcmp(what, "threads") == 0 ? THREADS : 0;
  calls = atoi(argv[2]);
  fd = open(argv[1], O_RDWR);
  FILE *unused = fopen("/proc/self/status", "r"); /* its descriptor is for tell() */
  if (strcmp(what, "descriptors") == 0) setrlimit(RLIMIT_NOFILE, &(struct rlimit){fileno(unused) + 1, 4096});
  for (int i = 0; i < started; i++) pthread_create(&threads[i], NULL, thread, NULL);
  make(calls / 2);
  if (strcmp(what, "fork") == 0 && fork() == 0) {
    make(calls);
    tell("child");
    return 0;
  }
  make(calls / 2);
  for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
  while (wait(NULL) > 0) {}
  if (strcmp(what, "listener") == 0) {
    struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {1, &allow};
    int got = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    printf("listener: %s\n", got < 0 ? strerror(errno) : "yes");
  }
  fclose(unused);
  tell("program");
  return wrong != 0;
}
