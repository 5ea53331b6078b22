/* foreign-traced: a program that another one traces cannot map; after the tracer detaches it can, in the same range. */
#include "foreign.h"
#include <sys/prctl.h>
#include <sys/ptrace.h>

int main(void)
{
    static xen_pfn_t frames[2];
    int errors[2], ready[2], end[2];
    char byte = 0;
    begin();
    uint32_t domid = new_domain(1, 2, 0x10, frames);
    char *at = area(2, PROT_READ | PROT_WRITE);
    pid_t target = getpid();
    if (pipe(ready) || pipe(end)) return 1;
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
    pid_t tracer = fork();
    if (tracer == 0) {
        close(end[1]);
        byte = ptrace(PTRACE_SEIZE, target, 0, 0) == 0;
        if (write(ready[1], &byte, 1) != 1 || read(end[0], &byte, 1)) return 1;
        _exit(0);
    }
    IS(read(ready[0], &byte, 1), 1);
    IS(byte, 1);
    IS(batch(domid, at, 2, frames, errors), -EPERM);
    close(end[1]);
    waitpid(tracer, 0, 0);
    IS(batch(domid, at, 2, frames, errors), 0);
    IS(touch(at, 1), 0);
    xc_domain_destroy(xch, domid);
    puts("done");
    return 0;
}
