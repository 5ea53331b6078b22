/* xen/guest_access.h, asm/guest_access.h, asm/uaccess.h: the caller's memory. Copies return the number of bytes not copied. */
#ifndef FAUXEN_GUEST_H
#define FAUXEN_GUEST_H

#define __DEFINE_XEN_GUEST_HANDLE(name, type) \
    typedef struct { type *p; } __guest_handle_ ## name; \
    typedef struct { const type *p; } __guest_handle_const_ ## name
#define DEFINE_XEN_GUEST_HANDLE(type) __DEFINE_XEN_GUEST_HANDLE(type, type)
#define __XEN_GUEST_HANDLE(type) __guest_handle_ ## type
#define XEN_GUEST_HANDLE(type) __XEN_GUEST_HANDLE(type)
#define XEN_GUEST_HANDLE_PARAM(type) XEN_GUEST_HANDLE(type)
#define XEN_GUEST_HANDLE_64(type) XEN_GUEST_HANDLE(type)
/* Guest handles of Xen's own headers are defined, except those that a file defines itself (text-header.ts). */

unsigned long fauxen_copy_from_guest(void *to, const void *from, unsigned long bytes);
unsigned long fauxen_copy_to_guest(void *to, const void *from, unsigned long bytes);
unsigned long fauxen_clear_guest(void *to, unsigned long bytes);
int fauxen_guest_okay(const void *from, unsigned long count, unsigned long size);

#define raw_copy_from_guest(to, from, bytes) fauxen_copy_from_guest(to, from, bytes)
#define raw_copy_to_guest(to, from, bytes) fauxen_copy_to_guest(to, from, bytes)
#define raw_clear_guest(to, bytes) fauxen_clear_guest(to, bytes)
#define __raw_copy_from_guest raw_copy_from_guest
#define __raw_copy_to_guest raw_copy_to_guest
#define __raw_clear_guest raw_clear_guest
#define copy_from_user(to, from, bytes) fauxen_copy_from_guest(to, from, bytes)
#define copy_to_user(to, from, bytes) fauxen_copy_to_guest(to, from, bytes)
#define clear_user(to, bytes) fauxen_clear_guest(to, bytes)
#define __copy_from_user copy_from_user
#define __copy_to_user copy_to_user
#define __clear_user clear_user
#define copy_from_guest_pv copy_from_user
#define copy_to_guest_pv copy_to_user
#define get_user(value, from) (fauxen_copy_from_guest(&(value), from, sizeof(value)) ? -EFAULT : 0)
#define put_user(value, to) \
    ({ typeof(*(to)) fauxen_value = (value); fauxen_copy_to_guest(to, &fauxen_value, sizeof(fauxen_value)) ? -EFAULT : 0; })
#define __get_user get_user
#define __put_user put_user
#define access_ok(address, bytes) fauxen_guest_okay((const void *)(address), bytes, 1)
#define array_access_ok(address, count, size) fauxen_guest_okay((const void *)(address), count, size)

#define guest_handle_is_null(handle) ((handle).p == NULL)
#define guest_handle_okay(handle, count) fauxen_guest_okay((handle).p, count, sizeof(*(handle).p))
#define guest_handle_subrange_okay(handle, first, last) \
    fauxen_guest_okay((handle).p + (first), (last) - (first) + 1, sizeof(*(handle).p))
#define guest_handle_add_offset(handle, count) ((handle).p += (count))
#define guest_handle_subtract_offset(handle, count) ((handle).p -= (count))
#define guest_handle_cast(handle, type) ((XEN_GUEST_HANDLE_PARAM(type)){ (type *)(handle).p })
#define guest_handle_from_ptr(pointer, type) ((XEN_GUEST_HANDLE_PARAM(type)){ (type *)(pointer) })
#define const_guest_handle_from_ptr(pointer, type) ((XEN_GUEST_HANDLE_PARAM(const_ ## type)){ (const type *)(pointer) })
#define guest_handle_from_param(handle, type) ((XEN_GUEST_HANDLE(type)){ (handle).p })
#define guest_handle_to_param(handle, type) ((XEN_GUEST_HANDLE_PARAM(type)){ (handle).p })
#define guest_handle_for_field(handle, type, field) ((XEN_GUEST_HANDLE(type)){ &(handle).p->field })
#define set_xen_guest_handle_raw(handle, value) ((handle).p = (value))
#define set_xen_guest_handle(handle, value) set_xen_guest_handle_raw(handle, value)
#define get_xen_guest_handle(value, handle) ((value) = (handle).p)
#define guest_mode(regs) 1

#define copy_from_guest_offset(to, handle, offset, count) \
    ({ const typeof(*(to)) *fauxen_from = (handle).p; typeof(*(to)) *fauxen_to = (to); \
       fauxen_copy_from_guest(fauxen_to, fauxen_from + (offset), sizeof(*fauxen_to) * (count)); })
#define copy_to_guest_offset(handle, offset, from, count) \
    ({ const typeof(*(from)) *fauxen_from = (from); char (*fauxen_to)[sizeof(*fauxen_from)] = (void *)(handle).p; \
       void *__maybe_unused fauxen_not_const = (handle).p; (void)((handle).p == fauxen_from); \
       fauxen_copy_to_guest(fauxen_to + (offset), fauxen_from, sizeof(*fauxen_from) * (count)); })
#define clear_guest_offset(handle, offset, count) \
    ({ void *fauxen_to = (handle).p + (offset); fauxen_clear_guest(fauxen_to, sizeof(*(handle).p) * (count)); })
#define copy_from_guest(to, handle, count) copy_from_guest_offset(to, handle, 0, count)
#define copy_to_guest(handle, from, count) copy_to_guest_offset(handle, 0, from, count)
#define clear_guest(handle, count) clear_guest_offset(handle, 0, count)
#define copy_field_from_guest(to, handle, field) \
    ({ const typeof(&(to)->field) fauxen_from = &(handle).p->field; \
       fauxen_copy_from_guest(&(to)->field, fauxen_from, sizeof((to)->field)); })
#define copy_field_to_guest(handle, from, field) \
    ({ const typeof(&(from)->field) fauxen_from = &(from)->field; void *fauxen_to = &(handle).p->field; \
       (void)(&(handle).p->field == fauxen_from); fauxen_copy_to_guest(fauxen_to, fauxen_from, sizeof(*fauxen_from)); })
#define __copy_from_guest copy_from_guest
#define __copy_to_guest copy_to_guest
#define __clear_guest clear_guest
#define __copy_from_guest_offset copy_from_guest_offset
#define __copy_to_guest_offset copy_to_guest_offset
#define __clear_guest_offset clear_guest_offset
#define __copy_field_from_guest copy_field_from_guest
#define __copy_field_to_guest copy_field_to_guest

/* Copies a string of the caller, with its NUL, into memory from xmalloc: (char *)-ENOBUFS if it is longer than `limit`. Since Xen 4.7. */
char *fauxen_string_from_guest(const char *from, size_t bytes, size_t limit);
#define safe_copy_string_from_guest(handle, bytes, limit) fauxen_string_from_guest((handle).p, bytes, limit)

#endif
