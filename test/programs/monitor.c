/* monitor listen DOMID: receives a guest's request, answers once, and ends. monitor ask: sends a request from a guest's process. */
#define __XEN_TOOLS__ 1
#include "hypercall.h"
#include <xenctrl.h>
#include <xenevtchn.h>
#include <xen/hvm/hvm_op.h>
#include <xen/vm_event.h>

#define xen_mb() __sync_synchronize()
#define xen_rmb() __sync_synchronize()
#define xen_wmb() __sync_synchronize()

static void check(int result, const char *what)
{
    if (result >= 0) return;
    perror(what);
    exit(1);
}

static int listen_to(int domid)
{
    xc_interface *xch = xc_interface_open(0, 0, 0);
    xenevtchn_handle *events = xenevtchn_open(0, 0);
    uint32_t remote = 0, capabilities = 0;
    vm_event_back_ring_t ring;
    if (!xch || !events) return 2;
    vm_event_sring_t *shared = xc_monitor_enable(xch, domid, &remote);
    check(shared ? 0 : -1, "xc_monitor_enable");
    SHARED_RING_INIT(shared);
    BACK_RING_INIT(&ring, shared, 4096);
    check(xc_monitor_get_capabilities(xch, domid, &capabilities), "xc_monitor_get_capabilities");
    int port = xenevtchn_bind_interdomain(events, domid, remote);
    check(port, "bind");
    check(xc_monitor_guest_request(xch, domid, 1, 1, 1), "xc_monitor_guest_request");
    printf("listening for %#x\n", capabilities);
    fflush(stdout);
    while (!RING_HAS_UNCONSUMED_REQUESTS(&ring)) {
        int pending = xenevtchn_pending(events);
        check(pending, "pending");
        check(xenevtchn_unmask(events, pending), "unmask");
    }
    vm_event_request_t request = *RING_GET_REQUEST(&ring, ring.req_cons);
    ring.req_cons++;
    xc_vcpuinfo_t vcpu;
    check(xc_vcpu_getinfo(xch, domid, request.vcpu_id, &vcpu), "xc_vcpu_getinfo");
    printf("version %u, reason %u, virtual CPU %u, %s%s\n", request.version, request.reason, request.vcpu_id,
           request.flags & VM_EVENT_FLAG_VCPU_PAUSED ? "which waits" : "which goes on", vcpu.blocked ? " for an interrupt" : "");
    *RING_GET_RESPONSE(&ring, ring.rsp_prod_pvt) = request;
    ring.rsp_prod_pvt++;
    RING_PUSH_RESPONSES(&ring);
    check(xenevtchn_notify(events, port), "notify");
    check(xc_vcpu_getinfo(xch, domid, request.vcpu_id, &vcpu), "xc_vcpu_getinfo");
    printf("answered: %s\n", vcpu.blocked ? "it waits for an interrupt" : "it waits still");
    check(xc_monitor_disable(xch, domid), "xc_monitor_disable");
    return 0;
}

int main(int argc, char **argv)
{
    alarm(60);
    if (argc == 3 && !strcmp(argv[1], "listen")) return listen_to(atoi(argv[2]));
    say("guest request", hypercall(open_privcmd(O_RDWR), __HYPERVISOR_hvm_op, HVMOP_guest_request_vm_event, 0, 0));
    return 0;
}
