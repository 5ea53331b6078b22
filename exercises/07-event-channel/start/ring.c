/* ring: an event channel from this domain to itself. */
/* Without it, the headers give the operations their numbers of 2006. */
#define __XEN_INTERFACE_VERSION__ __XEN_LATEST_INTERFACE_VERSION__

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <xen/xen.h>
#include <xen/event_channel.h>
#include <xen/sys/privcmd.h>

/* Performs an operation on event channels; ends the program if it fails. */
static void event_channel_op(int fd, unsigned int command, void *argument, const char *what)
{
    privcmd_hypercall_t call = { __HYPERVISOR_event_channel_op, { command, (uintptr_t)argument } };

    if ( ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call) < 0 )
    {
        printf("%s: %s\n", what, strerror(errno));
        exit(1);
    }
}

int main(void)
{
    int fd = open("/proc/xen/privcmd", O_RDWR);
    struct evtchn_alloc_unbound alloc = { .dom = DOMID_SELF, .remote_dom = DOMID_SELF };

    event_channel_op(fd, EVTCHNOP_alloc_unbound, &alloc, "alloc");
    /* Yours: bind, send, close. */
    return 0;
}
