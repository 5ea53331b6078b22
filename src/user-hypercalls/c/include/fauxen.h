/*
 * What a hypercall written for Xen needs, for a 64-bit WebAssembly module. Names and meanings are those of Xen's own
 * headers, so that the same file compiles there; the text is Fauxen's.
 */
#ifndef FAUXEN_H
#define FAUXEN_H

typedef unsigned char uint8_t, u8;
typedef unsigned short uint16_t, u16;
typedef unsigned int uint32_t, u32;
typedef unsigned long uint64_t, u64;
typedef signed char int8_t, s8;
typedef short int16_t, s16;
typedef int int32_t, s32;
typedef long int64_t, s64;
typedef unsigned long size_t, uintptr_t, paddr_t, ulong;
typedef long ssize_t, ret_t;
typedef unsigned int uint;
typedef unsigned char uchar;
typedef uint16_t domid_t;
typedef _Bool bool_t;
typedef __builtin_va_list va_list;
#define bool _Bool
#define true 1
#define false 0
#define NULL ((void *)0)

#define asmlinkage
#define __init
#define cf_check
#define __user
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define min_t(t, a, b) min((t)(a), (t)(b))
#define max_t(t, a, b) max((t)(a), (t)(b))
#define EXPORT_SYMBOL(x)

#define EPERM 1
#define ENOENT 2
#define ESRCH 3
#define EINTR 4
#define EIO 5
#define ENXIO 6
#define E2BIG 7
#define ENOEXEC 8
#define EBADF 9
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EBUSY 16
#define EEXIST 17
#define EXDEV 18
#define ENODEV 19
#define EINVAL 22
#define ENOTTY 25
#define ENOSPC 28
#define ERANGE 34
#define EDEADLK 35
#define ENAMETOOLONG 36
#define ENOSYS 38
#define ENODATA 61
#define EOVERFLOW 75
#define EILSEQ 84
#define EMSGSIZE 90
#define EOPNOTSUPP 95
#define ENOBUFS 105
#define ETIMEDOUT 110

#define XENLOG_ERR "<0>"
#define XENLOG_WARNING "<1>"
#define XENLOG_INFO "<2>"
#define XENLOG_DEBUG "<3>"
#define XENLOG_GUEST "<G>"
#define XENLOG_G_ERR XENLOG_GUEST XENLOG_ERR
#define XENLOG_G_WARNING XENLOG_GUEST XENLOG_WARNING
#define XENLOG_G_INFO XENLOG_GUEST XENLOG_INFO
#define XENLOG_G_DEBUG XENLOG_GUEST XENLOG_DEBUG
#define KERN_ERR XENLOG_ERR
#define KERN_WARNING XENLOG_WARNING
#define KERN_INFO XENLOG_INFO
#define KERN_DEBUG XENLOG_DEBUG

int printk(const char *format, ...) __attribute__((format(printf, 1, 2)));
#define printf printk
#define dprintk(level, ...) printk(level __VA_ARGS__)
#define gdprintk(level, ...) printk(XENLOG_GUEST level __VA_ARGS__)
#define gprintk(level, ...) printk(XENLOG_GUEST level __VA_ARGS__)
void panic(const char *format, ...);
#define BUG() panic("BUG at %s:%d", __FILE__, __LINE__)
#define BUG_ON(x) do { if (x) BUG(); } while (0)
#define ASSERT(x) do { if (!(x)) panic("Assertion '%s' failed at %s:%d", #x, __FILE__, __LINE__); } while (0)

#define DEFINE_XEN_GUEST_HANDLE(type) \
    typedef struct { type *p; } __guest_handle_##type; \
    typedef struct { const type *p; } __guest_handle_const_##type
#define XEN_GUEST_HANDLE(type) __guest_handle_##type
#define XEN_GUEST_HANDLE_PARAM(type) __guest_handle_##type
#define XEN_GUEST_HANDLE_64(type) __guest_handle_##type
DEFINE_XEN_GUEST_HANDLE(char);
DEFINE_XEN_GUEST_HANDLE(uchar);
DEFINE_XEN_GUEST_HANDLE(int);
DEFINE_XEN_GUEST_HANDLE(uint);
DEFINE_XEN_GUEST_HANDLE(long);
DEFINE_XEN_GUEST_HANDLE(ulong);
DEFINE_XEN_GUEST_HANDLE(void);
DEFINE_XEN_GUEST_HANDLE(uint8_t);
DEFINE_XEN_GUEST_HANDLE(uint16_t);
DEFINE_XEN_GUEST_HANDLE(uint32_t);
DEFINE_XEN_GUEST_HANDLE(uint64_t);
DEFINE_XEN_GUEST_HANDLE(int32_t);
DEFINE_XEN_GUEST_HANDLE(int64_t);

/* Both answer the number of bytes that were not copied. */
unsigned long fauxen_copy_from_guest(void *to, const void *from, unsigned long bytes);
unsigned long fauxen_copy_to_guest(void *to, const void *from, unsigned long bytes);
#define guest_handle_is_null(handle) ((handle).p == NULL)
#define guest_handle_okay(handle, count) 1
#define guest_handle_add_offset(handle, count) ((handle).p += (count))
#define guest_handle_cast(handle, type) ((XEN_GUEST_HANDLE_PARAM(type)){ (type *)(handle).p })
#define guest_handle_from_ptr(pointer, type) ((XEN_GUEST_HANDLE_PARAM(type)){ (type *)(pointer) })
#define copy_from_guest_offset(to, handle, offset, count) \
    fauxen_copy_from_guest((to), (const char *)(handle).p + (offset) * sizeof(*(to)), sizeof(*(to)) * (count))
#define copy_to_guest_offset(handle, offset, from, count) \
    fauxen_copy_to_guest((char *)(handle).p + (offset) * sizeof(*(from)), (from), sizeof(*(from)) * (count))
#define copy_from_guest(to, handle, count) copy_from_guest_offset(to, handle, 0, count)
#define copy_to_guest(handle, from, count) copy_to_guest_offset(handle, 0, from, count)
#define __copy_from_guest copy_from_guest
#define __copy_to_guest copy_to_guest
#define __copy_from_guest_offset copy_from_guest_offset
#define __copy_to_guest_offset copy_to_guest_offset
#define copy_from_user(to, from, bytes) fauxen_copy_from_guest(to, from, bytes)
#define copy_to_user(to, from, bytes) fauxen_copy_to_guest(to, from, bytes)

struct domain { domid_t domain_id; bool is_privileged; };
struct vcpu { int vcpu_id; struct domain *domain; };
struct vcpu *fauxen_current(void);
#define current (fauxen_current())
#define is_control_domain(d) ((d)->is_privileged)
#define is_hardware_domain(d) ((d)->is_privileged)

static inline void *memset(void *to, int value, size_t n) { uint8_t *p = to; while (n--) *p++ = value; return to; }
static inline void *memcpy(void *to, const void *from, size_t n) { uint8_t *p = to; const uint8_t *q = from; while (n--) *p++ = *q++; return to; }
static inline int memcmp(const void *a, const void *b, size_t n) { const uint8_t *p = a, *q = b; for (; n--; p++, q++) if (*p != *q) return *p - *q; return 0; }
static inline size_t strlen(const char *s) { size_t n = 0; while (s[n]) n++; return n; }
static inline size_t strnlen(const char *s, size_t limit) { size_t n = 0; while (n < limit && s[n]) n++; return n; }
static inline int strcmp(const char *a, const char *b) { while (*a && *a == *b) a++, b++; return (uint8_t)*a - (uint8_t)*b; }
static inline int strncmp(const char *a, const char *b, size_t n) { while (n && *a && *a == *b) a++, b++, n--; return n ? (uint8_t)*a - (uint8_t)*b : 0; }
static inline size_t strlcpy(char *to, const char *from, size_t size) { size_t n = strlen(from); if (size) { size_t k = n < size - 1 ? n : size - 1; memcpy(to, from, k); to[k] = 0; } return n; }

#endif
