/* Installs a seccomp filter with a listener, as a container engine does, and prints the result. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = { 1, &allow };
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    for (int time = 0; time < 2; time++) {
        long got = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
        puts(got < 0 ? strerror(errno) : "a listener");
        if (got >= 0) close(got);
    }
    puts(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0 ? strerror(errno) : "a filter");
    return 0;
}
