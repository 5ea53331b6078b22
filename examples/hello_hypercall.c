/*
 * The tutorials' first hypercall as it would go into Xen. Fauxen compiles it to WebAssembly:
 *
 *   fauxen run --hypercalls examples/hello_hypercall.c --dmesg -- ./hello
 */
#include <xen/lib.h>
#include <xen/errno.h>
#include <xen/sched.h>
#include <xen/guest_access.h>

#define __HYPERVISOR_hello_hypercall 39 /* in Xen: xen/include/public/xen.h */

long do_hello_hypercall(XEN_GUEST_HANDLE_PARAM(char) message)
{
    char text[128];
    unsigned int n;

    printk("hello_hypercall: called by domain %d\n", current->domain->domain_id);
    if ( guest_handle_is_null(message) )
        return 0;

    /* A guest's pointer cannot be followed: copy, byte by byte up to the NUL. */
    for ( n = 0; n < sizeof(text) - 1; n++ )
    {
        if ( copy_from_guest_offset(&text[n], message, n, 1) )
            return -EFAULT;
        if ( text[n] == '\0' || text[n] == '\n' )
            break;
    }
    text[n] = '\0';
    printk("hello_hypercall: %s\n", text);
    return 0;
}
