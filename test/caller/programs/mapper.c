/*
 * mapper WHAT: says its thread id, blocks in write(2) on a full pipe until a moment after a byte has come on its standard input, then makes
 * the calls that WHAT names, one letter each, and says "ends" at the end: m an anonymous mmap, s a shared mmap of descriptor 9 (absent: EBADF) at offset 4096, f of descriptor 8 at that
 * offset, o of that at offset 0, w a write to stdout, W one of a megabyte, b a write to a descriptor that is not open, g getpid, n nanosleep, l a long computation, u SIGUSR1 to
 * itself, x the end; with a k in it, it is killed a moment later.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static char large[1 << 20];

static void ignore(int number) { (void)number; }

int main(int argc, char **argv)
{
    char byte = 'x';
    (void)argc;
    signal(SIGUSR1, ignore);
    dup2(open("/dev/zero", O_RDWR), 8);
    int ends[2];
    if (pipe(ends) || fcntl(ends[1], F_SETFL, O_NONBLOCK)) return 1;
    while (write(ends[1], &byte, 1) == 1) {}
    fcntl(ends[1], F_SETFL, 0);
    if (fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        char drained[65536];
        if (read(0, &byte, 1) != 1) _exit(1);
        if (read(ends[0], drained, sizeof drained) < 0) _exit(1);
        if (strchr(argv[1], 'k')) {
            usleep(30000);
            kill(getppid(), SIGKILL);
        }
        for (;;) pause(); /* its end would be a signal to the parent */
    }
    printf("ready %ld\n", (long)syscall(SYS_gettid));
    fflush(stdout);
    syscall(SYS_write, (long)ends[1], &byte, 1L);
    for (const char *what = argv[1]; *what; what++) switch (*what) {
    case 'm': syscall(SYS_mmap, 0L, 4096L, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1L, 0L); break;
    case 's': syscall(SYS_mmap, 0L, 4096L, PROT_READ, MAP_SHARED, 9L, 4096L); break;
    case 'f': printf("mmap %d\n", syscall(SYS_mmap, 0L, 4096L, PROT_READ, MAP_SHARED, 8L, 4096L) == -1 ? errno : 0); break;
    case 'o': syscall(SYS_mmap, 0L, 4096L, PROT_READ, MAP_SHARED, 8L, 0L); break;
    case 'w': syscall(SYS_write, 1L, "written\n", 8L); break;
    case 'W': syscall(SYS_write, 1L, large, (long)sizeof large); break;
    case 'b': syscall(SYS_write, 77L, "x", 1L); break;
    case 'g': syscall(SYS_getpid); break;
    case 'n': syscall(SYS_nanosleep, &(struct timespec){ 0, 1000 }, 0L); break;
    case 'l': for (volatile long i = 0; i < 3000000000L; i++) {} break;
    case 'u': syscall(SYS_tgkill, (long)getpid(), (long)syscall(SYS_gettid), (long)SIGUSR1); break;
    case 'x': _exit(0);
    }
    printf("ends\n");
    return 0;
}
