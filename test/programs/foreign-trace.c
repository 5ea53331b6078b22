/* foreign-trace: maps all trace buffers at once, as xentrace does; records appear while they are mapped, and VIRQ_TBUF arrives. */
#include "foreign.h"
#include <poll.h>
#include <xen/sysctl.h>
#include <xen/trace.h>
#include <xenevtchn.h>

#define CPUS 2
#define PAGES 4

/* Empties a buffer; returns how many records of an event it held. */
static int consume(struct t_buf *buffer, uint32_t event)
{
    uint32_t size = PAGES * PAGE - sizeof *buffer, cons = buffer->cons, prod = buffer->prod;
    char *data = (char *)(buffer + 1);
    int found = 0;
    while (cons != prod) {
        uint32_t head = *(uint32_t *)(data + cons % size);
        found += (head & 0xfffffff) == event;
        cons = (cons + 4 + 4 * (head >> 28 & 7) + 8 * (head >> 31)) % (2 * size);
    }
    buffer->cons = prod;
    return found;
}

int main(void)
{
    begin();
    unsigned long info_mfn = 0, info_size = 0, again = 0;
    IS(xc_tbuf_get_size(xch, &info_size), -1);
    IS(xc_tbuf_set_size(xch, PAGES), 0);
    IS(xc_tbuf_set_size(xch, PAGES), -1);
    IS(xc_tbuf_enable(xch, PAGES, &info_mfn, &info_size), 0);
    IS(info_size, PAGE);
    IS(xc_tbuf_get_size(xch, &again), -1); /* it maps the trace information for writing */

    int error;
    xen_pfn_t frame = info_mfn;
    char *writable = area(1, PROT_READ | PROT_WRITE);
    IS(batch(DOMID_XEN, writable, 1, &frame, &error), 0);
    IS(error, -EBUSY);
    struct t_info *info = (struct t_info *)area(1, PROT_READ);
    IS(batch(DOMID_XEN, (char *)info, 1, &frame, &error), 0);
    IS(error, 0);
    IS(info->tbuf_size, PAGES);
    frame = 0x1234567;
    IS(batch(DOMID_XEN, area(1, PROT_READ), 1, &frame, &error), 0);
    IS(error, -EINVAL);

    struct t_buf *buffers[CPUS];
    for (int cpu = 0; cpu < CPUS; cpu++) {
        uint32_t *list = (uint32_t *)info + info->mfn_offset[cpu];
        xen_pfn_t frames[PAGES];
        for (int i = 0; i < PAGES; i++) frames[i] = list[i];
        buffers[cpu] = (struct t_buf *)map(DOMID_XEN, PAGES, frames);
    }
    IS(buffers[0]->prod > 0, 1);
    consume(buffers[0], 0);
    for (int i = 0; i < 5; i++) xc_version(xch, 0, 0);
    IS(consume(buffers[0], TRC_PV_HYPERCALL_V2), 5);
    IS(buffers[1]->prod > 0, 1);

    xenevtchn_handle *events = xenevtchn_open(0, 0);
    int port = xenevtchn_bind_virq(events, VIRQ_TBUF);
    struct pollfd wait = { .fd = xenevtchn_fd(events), .events = POLLIN };
    IS(poll(&wait, 1, 0), 0);
    int calls = 0;
    while (calls < 2000 && poll(&wait, 1, 0) == 0) xc_version(xch, 0, 0), calls++;
    IS(calls < 2000, 1);
    IS(xenevtchn_pending(events), port);
    for (int i = 0; i < 2000; i++) xc_version(xch, 0, 0);
    IS(consume(buffers[0], TRC_LOST_RECORDS), 0);
    xc_version(xch, 0, 0);
    IS(consume(buffers[0], TRC_LOST_RECORDS), 1);

    buffers[0]->cons = 77;
    IS(xc_version(xch, 0, 0), 0x40011);
    IS(xc_tbuf_disable(xch), 0);
    uint32_t prod = buffers[0]->prod;
    xc_version(xch, 0, 0);
    IS(buffers[0]->prod, prod);
    puts("done");
    return 0;
}
