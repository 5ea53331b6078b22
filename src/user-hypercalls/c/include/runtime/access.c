/*
 * Each load and store of the file calls one of these functions (rewrite-module.ts), with the address and the offset that the instruction
 * adds. There are no variables below 4 KiB: an address there is NULL, or a field of a struct at NULL.
 */
#define FAUXEN_NULL_PAGE 4096UL
#define FAUXEN_IS_OWN(at, type) \
    ((at) - FAUXEN_NULL_PAGE <= __builtin_wasm_memory_size(0) * 65536UL - FAUXEN_NULL_PAGE - sizeof(type))

#define FAUXEN_LOAD(opcode, result, type) \
    result fauxen_op_ ## opcode(unsigned long at, unsigned long offset) \
    { \
        at += offset; \
        return FAUXEN_IS_OWN(at, type) ? *(type *)at : (type)fauxen_load(at, sizeof(type)); \
    }
#define FAUXEN_STORE(opcode, value_type, type) \
    void fauxen_op_ ## opcode(unsigned long at, value_type value, unsigned long offset) \
    { \
        at += offset; \
        if ( FAUXEN_IS_OWN(at, type) ) \
            *(type *)at = value; \
        else \
            fauxen_store(at, sizeof(type), (unsigned long)value); \
    }

FAUXEN_LOAD(28, uint32_t, uint32_t)
FAUXEN_LOAD(29, uint64_t, uint64_t)
FAUXEN_LOAD(2c, int32_t, int8_t)
FAUXEN_LOAD(2d, uint32_t, uint8_t)
FAUXEN_LOAD(2e, int32_t, int16_t)
FAUXEN_LOAD(2f, uint32_t, uint16_t)
FAUXEN_LOAD(30, int64_t, int8_t)
FAUXEN_LOAD(31, uint64_t, uint8_t)
FAUXEN_LOAD(32, int64_t, int16_t)
FAUXEN_LOAD(33, uint64_t, uint16_t)
FAUXEN_LOAD(34, int64_t, int32_t)
FAUXEN_LOAD(35, uint64_t, uint32_t)
FAUXEN_STORE(36, uint32_t, uint32_t)
FAUXEN_STORE(37, uint64_t, uint64_t)
FAUXEN_STORE(3a, uint32_t, uint8_t)
FAUXEN_STORE(3b, uint32_t, uint16_t)
FAUXEN_STORE(3c, uint64_t, uint8_t)
FAUXEN_STORE(3d, uint64_t, uint16_t)
FAUXEN_STORE(3e, uint64_t, uint32_t)

static bool fauxen_is_own_range(const void *from, unsigned long bytes)
{
    unsigned long at = (unsigned long)from, end = __builtin_wasm_memory_size(0) * 65536UL;

    return at >= FAUXEN_NULL_PAGE && at < end && bytes <= end - at;
}

/* These two have no checks (rewrite-module.ts recognises them by fauxen_raw_), because their ranges are already checked. */
void fauxen_raw_copy(uint8_t *to, const uint8_t *from, unsigned long bytes)
{
    for ( ; bytes >= 8; bytes -= 8, to += 8, from += 8 )
        *(uint64_t *)to = *(const uint64_t *)from;
    while ( bytes-- )
        *to++ = *from++;
}

void fauxen_raw_fill(uint8_t *to, uint8_t value, unsigned long bytes)
{
    for ( ; bytes >= 8; bytes -= 8, to += 8 )
        *(uint64_t *)to = value * 0x0101010101010101UL;
    while ( bytes-- )
        *to++ = value;
}
