/*
 * attached SECONDS: traces a child that alternates between an unknown and a known hypercall. Stops it at random moments, also within
 * calls, single-steps it through some, and detaches. Prints whether any result was not ENOSYS, ENOTTY or the version, and whether the
 * child continues afterwards.
 */
#define _GNU_SOURCE
#include "hypercall.h"
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>

struct counts { volatile long calls, wrong; };

static void caller(struct counts *counts)
{
    int fd = open_privcmd(O_RDWR);
    for (;;) {
        int unknown = hypercall(fd, 77, 0, 0, 0);
        if (unknown != -1 || (errno != ENOSYS && errno != ENOTTY)) counts->wrong++;
        if (hypercall(fd, __HYPERVISOR_xen_version, 0, 0, 0) != (4 << 16 | 17)) counts->wrong++;
        counts->calls++;
    }
}

int main(int argc, char **argv)
{
    struct counts *counts = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child = fork();
    int status, attached = 0;
    if (child == 0) caller(counts);
    for (time_t end = time(NULL) + atoi(argv[1]); time(NULL) <= end || attached == 0;) {
        if (ptrace(PTRACE_SEIZE, child, NULL, (void *)PTRACE_O_TRACESYSGOOD) < 0) continue; /* Fauxen traces it now */
        attached++;
        ptrace(PTRACE_INTERRUPT, child, NULL, NULL);
        waitpid(child, &status, __WALL);
        usleep(rand() % 2000);
        for (int steps = rand() % 4; steps > 0; steps--) {
            ptrace(PTRACE_SYSCALL, child, NULL, NULL);
            waitpid(child, &status, __WALL);
            usleep(rand() % 1000);
        }
        if (ptrace(PTRACE_DETACH, child, NULL, NULL) < 0) perror("detach");
    }
    long before = counts->calls;
    for (int looks = 0; looks < 2000 && counts->calls < before + 10; looks++) usleep(10000);
    say("wrong", counts->wrong);
    say("goes on", counts->calls >= before + 10);
    kill(child, SIGKILL);
    return 0;
}
