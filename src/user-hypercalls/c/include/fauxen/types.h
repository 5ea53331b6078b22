/* xen/types.h, xen/stdbool.h, xen/stdarg.h, xen/inttypes.h: the types of a 64-bit Xen. */
#ifndef FAUXEN_TYPES_H
#define FAUXEN_TYPES_H

typedef unsigned char uint8_t, u8, __u8, u_char, unchar, uchar, u_int8_t;
typedef unsigned short uint16_t, u16, __u16, ushort, u_short, u_int16_t, __le16, __be16;
typedef unsigned int uint32_t, u32, __u32, uint, u_int, u_int32_t, __le32, __be32;
typedef unsigned long uint64_t, u64, __u64, ulong, u_long, u_int64_t, __le64, __be64;
typedef signed char int8_t, s8, __s8;
typedef short int16_t, s16, __s16;
typedef int int32_t, s32, __s32;
typedef long int64_t, s64, __s64;
typedef uint64_t uint64_aligned_t;
typedef int64_t int64_aligned_t;
typedef unsigned long size_t, uintptr_t, paddr_t, vaddr_t, cpumap_t;
typedef long ssize_t, ret_t, ptrdiff_t, off_t;
typedef _Bool bool_t;
typedef uint16_t domid_t;
typedef uint32_t grant_ref_t;
typedef uint32_t evtchn_port_t;
typedef unsigned long xen_pfn_t;
typedef unsigned long xen_ulong_t;
typedef unsigned long pfn_t;
typedef uint8_t xen_domain_handle_t[16];
typedef unsigned int nodeid_t;

typedef __builtin_va_list va_list;
#define va_start(list, last) __builtin_va_start(list, last)
#define va_end(list) __builtin_va_end(list)
#define va_copy(to, from) __builtin_va_copy(to, from)
#define va_arg(list, type) __builtin_va_arg(list, type)

#ifndef bool
#define bool _Bool
#endif
#define true 1
#define false 0
#define NULL ((void *)0)

#define INT8_MIN (-127 - 1)
#define INT16_MIN (-32767 - 1)
#define INT32_MIN (-2147483647 - 1)
#define INT8_MAX 127
#define INT16_MAX 32767
#define INT32_MAX 2147483647
#define UINT8_MAX 255
#define UINT16_MAX 65535
#define UINT32_MAX 4294967295U
#define UINT64_MAX (~0UL)
#define INT_MAX ((int)(~0U >> 1))
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX (~0U)
#define LONG_MAX ((long)(~0UL >> 1))
#define LONG_MIN (-LONG_MAX - 1)
#define ULONG_MAX (~0UL)
#define SIZE_MAX ULONG_MAX
#define BITS_PER_BYTE 8
#define BITS_PER_INT 32
#define BITS_PER_LONG 64
#define BITS_PER_LLONG 64
#define BYTES_PER_LONG 8
#define LONG_BYTEORDER 3
#define BITS_TO_LONGS(bits) (((bits) + BITS_PER_LONG - 1) / BITS_PER_LONG)
#define DECLARE_BITMAP(name, bits) unsigned long name[BITS_TO_LONGS(bits)]

#define PRId8 "hhd"
#define PRIi8 "hhi"
#define PRIu8 "hhu"
#define PRIx8 "hhx"
#define PRId16 "hd"
#define PRIu16 "hu"
#define PRIx16 "hx"
#define PRId32 "d"
#define PRIu32 "u"
#define PRIx32 "x"
#define PRIX32 "X"
#define PRId64 "ld"
#define PRIu64 "lu"
#define PRIo64 "lo"
#define PRIx64 "lx"
#define PRIX64 "lX"
#define PRIuPTR PRIu64
#define PRIxPTR PRIx64
#define PRIpaddr "016lx"
#define PRIvaddr "016lx"
#define PRI_xen_pfn "lx"
#define PRIu_xen_pfn "lu"
#define PRI_xen_ulong "lx"
#define PRI_mfn "05lx"
#define PRI_gfn "05lx"
#define PRI_pfn "05lx"
#define PRI_stime "ld"

#endif
