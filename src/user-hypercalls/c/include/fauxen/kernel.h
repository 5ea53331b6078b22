/* xen/kernel.h, xen/lib.h, xen/macros.h, xen/self-tests: small macros without state. */
#ifndef FAUXEN_KERNEL_H
#define FAUXEN_KERNEL_H

#define XEN_FLEX_ARRAY_DIM
#define ARRAY_SIZE(array) \
    (sizeof(array) / sizeof((array)[0]) + \
     BUILD_BUG_ON_ZERO(__builtin_types_compatible_p(typeof(array), typeof(&(array)[0]))))
#define __must_be_array(array) BUILD_BUG_ON_ZERO(__builtin_types_compatible_p(typeof(array), typeof(&(array)[0])))

/* Comparing the addresses causes a warning if the types differ, as in Xen. */
#define min(a, b) \
    ({ const typeof(a) fauxen_a = (a); const typeof(b) fauxen_b = (b); \
       (void)(&fauxen_a == &fauxen_b); fauxen_a < fauxen_b ? fauxen_a : fauxen_b; })
#define max(a, b) \
    ({ const typeof(a) fauxen_a = (a); const typeof(b) fauxen_b = (b); \
       (void)(&fauxen_a == &fauxen_b); fauxen_a > fauxen_b ? fauxen_a : fauxen_b; })
#define min_t(type, a, b) \
    ({ type fauxen_ta = (a); type fauxen_tb = (b); fauxen_ta < fauxen_tb ? fauxen_ta : fauxen_tb; })
#define max_t(type, a, b) \
    ({ type fauxen_ta = (a); type fauxen_tb = (b); fauxen_ta > fauxen_tb ? fauxen_ta : fauxen_tb; })
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define clamp(value, low, high) \
    ({ typeof(value) fauxen_v = (value); typeof(low) fauxen_l = (low); typeof(high) fauxen_h = (high); \
       (void)(&fauxen_v == &fauxen_l); (void)(&fauxen_v == &fauxen_h); \
       fauxen_v < fauxen_l ? fauxen_l : fauxen_v > fauxen_h ? fauxen_h : fauxen_v; })
#define ABS(value) ({ typeof(value) fauxen_abs = (value); fauxen_abs < 0 ? -fauxen_abs : fauxen_abs; })
#define SWAP(a, b) do { typeof(a) fauxen_swap = (a); (a) = (b); (b) = fauxen_swap; } while ( 0 )
#define container_of(pointer, type, member) \
    ({ const typeof(((type *)0)->member) *fauxen_member = (pointer); \
       (type *)((char *)fauxen_member - offsetof(type, member)); })
#define count_args(args...) FAUXEN_COUNT(., ## args, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define FAUXEN_COUNT(dot, a1, a2, a3, a4, a5, a6, a7, a8, count, ...) count

#define ROUNDUP(value, step) (((value) + (step) - 1) & ~((step) - 1))
#define DIV_ROUND_UP(value, step) (((value) + (step) - 1) / (step))
#define DIV_ROUND(value, step) (((value) + (step) / 2) / (step))
#define IS_ALIGNED(value, step) (((value) & ((step) - 1)) == 0)
#define MASK_EXTR(value, mask) (((value) & (mask)) / ((mask) & -(mask)))
#define MASK_INSR(value, mask) (((value) * ((mask) & -(mask))) & (mask))
#define BIT(nr, suffix) (1 ## suffix << (nr))
#define GENMASK(high, low) ((~0UL << (low)) & (~0UL >> (BITS_PER_LONG - 1 - (high))))
#define _AC(number, suffix) (number ## suffix)
#define KB(count) ((count) * 1024ULL)
#define MB(count) ((count) * 1048576ULL)
#define GB(count) ((count) * 1073741824ULL)
#define do_div(value, base) \
    ({ uint32_t fauxen_base = (base); uint32_t fauxen_rest = (value) % fauxen_base; (value) /= fauxen_base; fauxen_rest; })
static inline uint64_t muldiv64(uint64_t value, uint32_t times, uint32_t by) { return (uint64_t)((unsigned __int128)value * times / by); }
#define cpu_to_le16(value) ((uint16_t)(value))
#define cpu_to_le32(value) ((uint32_t)(value))
#define cpu_to_le64(value) ((uint64_t)(value))
#define le16_to_cpu(value) ((uint16_t)(value))
#define le32_to_cpu(value) ((uint32_t)(value))
#define le64_to_cpu(value) ((uint64_t)(value))
#define cpu_to_be16(value) __builtin_bswap16(value)
#define cpu_to_be32(value) __builtin_bswap32(value)
#define cpu_to_be64(value) __builtin_bswap64(value)
#define be16_to_cpu(value) __builtin_bswap16(value)
#define be32_to_cpu(value) __builtin_bswap32(value)
#define be64_to_cpu(value) __builtin_bswap64(value)
#define bswap16(value) __builtin_bswap16(value)
#define bswap32(value) __builtin_bswap32(value)
#define bswap64(value) __builtin_bswap64(value)

#define PAGE_SHIFT 12
#define PAGE_SIZE 4096L
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define PAGE_ALIGN(address) (((address) + PAGE_SIZE - 1) & PAGE_MASK)
#define PAGE_OFFSET(pointer) ((unsigned long)(pointer) & ~PAGE_MASK)
#define PAGE_SIZE_4K PAGE_SIZE
#define PFN_DOWN(address) ((address) >> PAGE_SHIFT)
#define PFN_UP(address) (((address) + PAGE_SIZE - 1) >> PAGE_SHIFT)
#define paddr_to_pfn(address) ((unsigned long)((address) >> PAGE_SHIFT))
#define pfn_to_paddr(frame) ((paddr_t)(frame) << PAGE_SHIFT)
#define INVALID_PADDR (~(paddr_t)0)

void sort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *), void (*exchange)(void *, void *, size_t));
void *bsearch(const void *key, const void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
unsigned int get_random(void);

#endif
