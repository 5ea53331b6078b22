/* asm/atomic.h, asm/bitops.h, xen/bitops.h, xen/bitmap.h. Hypercalls run alone, so plain reads and writes are atomic. */
#ifndef FAUXEN_ATOMIC_H
#define FAUXEN_ATOMIC_H

typedef struct { int counter; } atomic_t;
#define ATOMIC_INIT(value) { (value) }
static inline int atomic_read(const atomic_t *a) { return *(const volatile int *)&a->counter; }
#define _atomic_read(a) ((a).counter)
static inline void atomic_set(atomic_t *a, int value) { *(volatile int *)&a->counter = value; }
#define _atomic_set(a, value) ((a)->counter = (value))
static inline int atomic_add_return(int value, atomic_t *a) { return a->counter += value; }
static inline int atomic_sub_return(int value, atomic_t *a) { return a->counter -= value; }
static inline int atomic_inc_return(atomic_t *a) { return ++a->counter; }
static inline int atomic_dec_return(atomic_t *a) { return --a->counter; }
static inline void atomic_add(int value, atomic_t *a) { a->counter += value; }
static inline void atomic_sub(int value, atomic_t *a) { a->counter -= value; }
static inline void atomic_inc(atomic_t *a) { a->counter++; }
static inline void atomic_dec(atomic_t *a) { a->counter--; }
static inline bool atomic_sub_and_test(int value, atomic_t *a) { return !(a->counter -= value); }
static inline bool atomic_inc_and_test(atomic_t *a) { return !++a->counter; }
static inline bool atomic_dec_and_test(atomic_t *a) { return !--a->counter; }
static inline bool atomic_add_negative(int value, atomic_t *a) { return (a->counter += value) < 0; }
static inline int atomic_cmpxchg(atomic_t *a, int old, int value) { int now = a->counter; if ( now == old ) a->counter = value; return now; }
static inline int atomic_add_unless(atomic_t *a, int value, int unless) { int now = a->counter; if ( now != unless ) a->counter += value; return now; }
static inline void atomic_and(int value, atomic_t *a) { a->counter &= value; }
static inline void atomic_or(int value, atomic_t *a) { a->counter |= value; }

#define xchg(pointer, value) \
    ({ typeof(pointer) fauxen_at = (pointer); typeof(*(pointer)) fauxen_was = *fauxen_at; *fauxen_at = (typeof(*(pointer)))(value); fauxen_was; })
#define cmpxchg(pointer, old, value) \
    ({ typeof(pointer) fauxen_at = (pointer); typeof(*(pointer)) fauxen_was = *fauxen_at; \
       if ( fauxen_was == (typeof(*(pointer)))(old) ) *fauxen_at = (typeof(*(pointer)))(value); fauxen_was; })
#define cmpxchgptr(pointer, old, value) cmpxchg(pointer, old, value)
#define arch_fetch_and_add(pointer, value) \
    ({ typeof(pointer) fauxen_at = (pointer); typeof(*(pointer)) fauxen_was = *fauxen_at; *fauxen_at += (value); fauxen_was; })

/* Bit operations use 32-bit words, whatever type is declared: on x86 the bits are at the same addresses. */
#define FAUXEN_WORD(bits, nr) (((uint32_t *)(bits))[(unsigned int)(nr) / 32])
#define FAUXEN_BIT(nr) (1u << ((unsigned int)(nr) % 32))
static inline void set_bit(int nr, volatile void *bits) { FAUXEN_WORD(bits, nr) |= FAUXEN_BIT(nr); }
static inline void clear_bit(int nr, volatile void *bits) { FAUXEN_WORD(bits, nr) &= ~FAUXEN_BIT(nr); }
static inline void change_bit(int nr, volatile void *bits) { FAUXEN_WORD(bits, nr) ^= FAUXEN_BIT(nr); }
static inline int test_bit(int nr, const volatile void *bits) { return (FAUXEN_WORD(bits, nr) & FAUXEN_BIT(nr)) != 0; }
static inline int test_and_set_bit(int nr, volatile void *bits) { int was = test_bit(nr, bits); set_bit(nr, bits); return was; }
static inline int test_and_clear_bit(int nr, volatile void *bits) { int was = test_bit(nr, bits); clear_bit(nr, bits); return was; }
static inline int test_and_change_bit(int nr, volatile void *bits) { int was = test_bit(nr, bits); change_bit(nr, bits); return was; }
#define __set_bit(nr, bits) set_bit(nr, bits)
#define __clear_bit(nr, bits) clear_bit(nr, bits)
#define __change_bit(nr, bits) change_bit(nr, bits)
#define __test_and_set_bit(nr, bits) test_and_set_bit(nr, bits)
#define __test_and_clear_bit(nr, bits) test_and_clear_bit(nr, bits)
#define __test_and_change_bit(nr, bits) test_and_change_bit(nr, bits)
#define constant_test_bit(nr, bits) test_bit(nr, bits)

static inline unsigned int ffs(unsigned int value) { return value ? __builtin_ctz(value) + 1 : 0; }
static inline unsigned int ffsl(unsigned long value) { return value ? __builtin_ctzl(value) + 1 : 0; }
static inline unsigned int fls(unsigned int value) { return value ? 32 - __builtin_clz(value) : 0; }
static inline unsigned int flsl(unsigned long value) { return value ? 64 - __builtin_clzl(value) : 0; }
#define ffs64(value) ffsl(value)
#define fls64(value) flsl(value)
#define find_first_set_bit(value) (ffsl(value) - 1)
#define __ffs(value) (ffsl(value) - 1)
#define ffz(value) (ffsl(~(value)) - 1)
#define hweight64(value) __builtin_popcountl(value)
#define hweight32(value) __builtin_popcount(value)
#define hweight16(value) __builtin_popcount((uint16_t)(value))
#define hweight8(value) __builtin_popcount((uint8_t)(value))
#define hweight_long(value) hweight64(value)
static inline unsigned int get_count_order(unsigned int count) { return count > 1 ? fls(count - 1) : 0; }
static inline uint32_t rol32(uint32_t word, unsigned int by) { return (word << (by & 31)) | (word >> (-by & 31)); }
static inline uint32_t ror32(uint32_t word, unsigned int by) { return (word >> (by & 31)) | (word << (-by & 31)); }

static inline unsigned int fauxen_find(const void *bits, unsigned int size, unsigned int from, int wanted)
{
    while ( from < size && test_bit(from, bits) != wanted )
        from++;
    return from < size ? from : size;
}
#define find_first_bit(bits, size) fauxen_find(bits, size, 0, 1)
#define find_next_bit(bits, size, from) fauxen_find(bits, size, from, 1)
#define find_first_zero_bit(bits, size) fauxen_find(bits, size, 0, 0)
#define find_next_zero_bit(bits, size, from) fauxen_find(bits, size, from, 0)
#define for_each_set_bit(bit, bits, size) \
    for ( (bit) = find_first_bit(bits, size); (bit) < (size); (bit) = find_next_bit(bits, size, (bit) + 1) )

static inline void bitmap_zero(unsigned long *to, unsigned int bits) { unsigned int i; for ( i = 0; i < BITS_TO_LONGS(bits); i++ ) to[i] = 0; }
static inline void bitmap_fill(unsigned long *to, unsigned int bits) { unsigned int i; bitmap_zero(to, bits); for ( i = 0; i < bits; i++ ) set_bit(i, to); }
static inline void bitmap_copy(unsigned long *to, const unsigned long *from, unsigned int bits) { unsigned int i; for ( i = 0; i < BITS_TO_LONGS(bits); i++ ) to[i] = from[i]; }
static inline void bitmap_and(unsigned long *to, const unsigned long *a, const unsigned long *b, unsigned int bits) { unsigned int i; for ( i = 0; i < BITS_TO_LONGS(bits); i++ ) to[i] = a[i] & b[i]; }
static inline void bitmap_or(unsigned long *to, const unsigned long *a, const unsigned long *b, unsigned int bits) { unsigned int i; for ( i = 0; i < BITS_TO_LONGS(bits); i++ ) to[i] = a[i] | b[i]; }
static inline void bitmap_xor(unsigned long *to, const unsigned long *a, const unsigned long *b, unsigned int bits) { unsigned int i; for ( i = 0; i < BITS_TO_LONGS(bits); i++ ) to[i] = a[i] ^ b[i]; }
static inline void bitmap_andnot(unsigned long *to, const unsigned long *a, const unsigned long *b, unsigned int bits) { unsigned int i; for ( i = 0; i < BITS_TO_LONGS(bits); i++ ) to[i] = a[i] & ~b[i]; }
static inline int bitmap_empty(const unsigned long *in, unsigned int bits) { return find_first_bit(in, bits) == bits; }
static inline int bitmap_full(const unsigned long *in, unsigned int bits) { return find_first_zero_bit(in, bits) == bits; }
static inline int bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int bits) { unsigned int i; for ( i = 0; i < bits; i++ ) if ( test_bit(i, a) != test_bit(i, b) ) return 0; return 1; }
static inline unsigned int bitmap_weight(const unsigned long *in, unsigned int bits) { unsigned int i, n = 0; for ( i = 0; i < bits; i++ ) n += test_bit(i, in); return n; }

#endif
