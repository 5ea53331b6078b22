/*
 * What a transport must get right about descriptors, threads and processes. Prints a line for each failure and
 * `done N` at the end, N being the number of checks. argv[1]: privcmd. argv[2]: set after its own execve: the inherited fd.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define HYPERCALL 0x305000UL
#define RESTRICT 0x25006UL

static int checks;

static void check(const char *what, long got, long wanted) {
  __atomic_add_fetch(&checks, 1, __ATOMIC_SEQ_CST);
  if (got != wanted) printf("not ok: %s: got %ld, wanted %ld\n", what, got, wanted);
}

/* What ioctl returned, or -errno. */
static long call(int fd, uint64_t number, uint64_t a0, uint64_t a1) {
  struct { uint64_t op, arg[5]; } hypercall = {number, {a0, a1}};
  int got = ioctl(fd, HYPERCALL, &hypercall);
  return got < 0 ? -errno : got;
}

static long version(int fd) { return call(fd, 17, 0, 0); }

static long wanted;

static void *thread(void *fd) {
  for (int i = 0; i < 500; i++) check("a thread", version(*(int *)fd), wanted);
  return NULL;
}

static volatile int alarms;
static void on_alarm(int signal) { alarms += signal == SIGALRM; }

static void descriptors(const char *path, int fd) {
  int copy = dup(fd);
  check("a dup", version(copy), wanted);
  check("a dup again", version(copy), wanted);
  close(fd);
  check("a closed descriptor", version(fd), -EBADF);
  check("the dup of a closed descriptor", version(copy), wanted);
  int null = open("/dev/null", O_RDWR);
  check("its number was given away", null, fd);
  for (int i = 0; i < 3; i++) check("another file under its number", version(null), -ENOTTY);
  check("dup2 over another file", dup2(copy, null), null);
  for (int i = 0; i < 3; i++) check("privcmd again under the number", version(null), wanted);
  int ends[2];
  if (pipe(ends) < 0) perror("pipe");
  dup2(ends[0], null);
  for (int i = 0; i < 3; i++) check("a pipe under the number", version(null), -ENOTTY);
  int again = open(path, O_RDONLY);
  for (int i = 0; i < 3; i++) check("opened read-only", version(again), wanted);
  check("restrict", ioctl(again, RESTRICT, &(uint16_t){1}), 0);
  for (int i = 0; i < 3; i++) check("a restricted file", version(again), -EPERM);
  for (int i = 0; i < 3; i++) check("the other one is not", version(copy), wanted);
  close(again);
  close(null);
  close(ends[0]);
  close(ends[1]);
  close(copy);
}

static void processes(int fd) {
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, thread, &fd);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  for (int child = 0; child < 3; child++) {
    if (fork() == 0) {
      for (int i = 0; i < 300; i++) check("a forked child", version(fd), wanted);
      fflush(stdout);
      _exit(checks == 0);
    }
  }
  while (wait(NULL) > 0) {}
}

static void errors(int fd) {
  for (int i = 0; i < 5; i++) {
    check("an unknown hypercall", call(fd, 77, 0, 0), -ENOSYS);
    check("a struct at NULL", ioctl(fd, HYPERCALL, NULL) < 0 ? -errno : 0, -EFAULT);
    check("a struct that is not there", ioctl(fd, HYPERCALL, (void *)0x1000) < 0 ? -errno : 0, -EFAULT);
    check("a buffer that is not there", call(fd, 17, 1, 0x1000), -EFAULT);
    check("an unknown ioctl", ioctl(fd, 0x305009, NULL) < 0 ? -errno : 0, -ENOTTY);
  }
}

/* A signal must not make a call fail or run twice. */
static void signals(int fd) {
  struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
  struct itimerval often = {{0, 700}, {0, 700}}, never = {{0, 0}, {0, 0}};
  sigaction(SIGALRM, &action, NULL);
  setitimer(ITIMER_REAL, &often, NULL);
  for (int i = 0; i < 3000 || alarms < 5; i++) check("a call under signals", version(fd), wanted);
  setitimer(ITIMER_REAL, &never, NULL);
}

int main(int argc, char **argv) {
  if (argc > 2) {
    wanted = 4 << 16 | 17;
    for (int i = 0; i < 20; i++) check("after execve", version(atoi(argv[2])), wanted);
    printf("done %d\n", checks);
    return 0;
  }
  int fd = open(argv[1], O_RDWR);
  if (fd < 0) return perror(argv[1]), 1;
  wanted = 4 << 16 | 17;
  for (int i = 0; i < 100; i++) check("xen_version", version(fd), wanted);
  errors(fd);
  processes(fd);
  signals(fd);
  descriptors(argv[1], dup(fd));
  printf("checked %d\n", checks);
  fflush(stdout);
  char number[16];
  sprintf(number, "%d", fd);
  execl("/proc/self/exe", argv[0], argv[1], number, NULL);
  return 1;
}
