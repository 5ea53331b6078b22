/* destroy DOMID: XEN_DOMCTL_destroydomain. */
#define __XEN_TOOLS__
#include "hypercall.h"
#include <xen/domctl.h>

int main(int argc, char **argv)
{
    struct xen_domctl op = { 0 };
    op.cmd = XEN_DOMCTL_destroydomain;
    op.interface_version = XEN_DOMCTL_INTERFACE_VERSION;
    op.domain = argc > 1 ? atoi(argv[1]) : 0;
    say("destroydomain", hypercall(open_privcmd(O_RDWR), __HYPERVISOR_domctl, (uint64_t)&op, 0, 0));
    return 0;
}
