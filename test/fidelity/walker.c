/* walker.c: performs a script of hypercalls through /proc/xen/privcmd and prints the results, a line for each call:
 *
 *   id TAB return value TAB errno TAB what was asked TAB what the call changed in memory TAB what it printed in Xen's console ring
 *
 * It knows nothing about hypercalls: script.ts writes the script, from the ABI data of a release. An instruction is a line; its first
 * letter says what it does, numbers are hexadecimal, a VALUE is a number, $N (variable N) or &N (the address of buffer N):
 *
 *   G NAME                        a group: it runs in its own process, so that the others survive if it dies
 *   M NUMBER NAME                 the name of an errno
 *   R VERSION                     read the console ring after each call, by the sysctl of this interface version (0: do not)
 *   V N NUMBER                    set variable N
 *   B N SIZE PLACE FILL           make buffer N; PLACE: o plain, followed by an unmapped page; s with its second half in an unmapped
 *                                 page; r read-only; m at an odd address; c across two pages. FILL: z zeroes, o ones, a 0xaa bytes,
 *                                 b a 1 and zeroes, q 0, 1, 2 … of 64 bits, l of 32 bits
 *   N N OFFSET SIZE VALUE         store a number in buffer N
 *   T N OFFSET TEXT               store text, with its terminating zero
 *   C NUMBER VALUE VALUE VALUE VALUE VALUE   the hypercall
 *   U NUMBER VALUE VALUE VALUE VALUE VALUE   a hypercall after it, which undoes what the guest that walks could not live with
 *   F N OFFSET SIZE KIND LABEL    print a field that the call changed; KIND: x a number, b bytes, s text, n nothing (it may be
 *                                 anything), z whether it is zero, p a port of this domain, as P0, P1 … in order of appearance
 *   A N LABEL                     print where else buffer N was changed
 *   K V N OFFSET SIZE             keep a field of buffer N in variable V, if the call succeeded
 *   S MILLISECONDS                wait
 *   E ID TAB ASKED                print the line, free the buffers
 *
 * use: walker SCRIPT [GROUP…]    (no group: all)
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096ul
#define BUFFERS 16
#define VARIABLES 256
#define RING_SIZE 32768
#define RING_SHOWN 1500
#define PRIVCMD_HYPERCALL 0x305000ul
#define SYSCTL 35

struct privcmd_hypercall { uint64_t number, argument[5]; };

static int privcmd;
static uint64_t variables[VARIABLES];
static char *errno_names[256];

static struct buffer {
    unsigned char *mapped, *data, *before; /* the mapping, the buffer in it, and what the buffer held before the call */
    size_t mapped_size, size, usable;      /* usable: what lies in mapped memory */
    int read_only;
} buffers[BUFFERS];

static long hypercall(uint64_t number, const uint64_t argument[5])
{
    struct privcmd_hypercall call = { number, { argument[0], argument[1], argument[2], argument[3], argument[4] } };
    errno = 0;
    return syscall(SYS_ioctl, privcmd, PRIVCMD_HYPERCALL, &call);
}

static unsigned char *map(size_t size)
{
    unsigned char *p = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) { perror("walker: mmap"); exit(3); }
    mlock(p, size); /* Xen does not wait for a page that is swapped out */
    memset(p, 0, size);
    return p;
}

/* ---- the console ring, read as increments ---- */
static struct readconsole {
    uint32_t command, version;
    uint8_t clear, incremental, pad[2];
    uint32_t index;
    uint64_t buffer;
    uint32_t count, rest[28];
} *readconsole;
static char *ring;
static uint32_t ring_version, ring_index;

static unsigned read_ring(void)
{
    if (!ring_version) return 0;
    if (!ring) { ring = (char *)map(RING_SIZE); readconsole = (struct readconsole *)map(PAGE); }
    memset(readconsole, 0, sizeof *readconsole);
    readconsole->command = 1;
    readconsole->version = ring_version;
    readconsole->incremental = 1;
    readconsole->index = ring_index;
    readconsole->buffer = (uintptr_t)ring;
    readconsole->count = RING_SIZE;
    uint64_t argument[5] = { (uintptr_t)readconsole };
    if (hypercall(SYSCTL, argument)) return 0;
    ring_index = readconsole->index;
    return readconsole->count;
}

/* ---- buffers ---- */
static void make_buffer(struct buffer *b, size_t size, char place, char fill)
{
    size_t whole = (size + 2 * PAGE - 1) & ~(PAGE - 1); /* of `size`, and a page more for the odd places */
    memset(b, 0, sizeof *b);
    b->mapped_size = whole + PAGE;
    b->mapped = map(b->mapped_size);
    munmap(b->mapped + whole, PAGE);
    b->mapped_size = whole;
    b->size = b->usable = size;
    b->read_only = place == 'r';
    switch (place) {
    case 's': b->usable = size / 2; b->data = b->mapped + whole - b->usable; break;
    case 'm': b->data = b->mapped + 1; break;
    case 'c': b->data = b->mapped + PAGE - (size / 2 < PAGE ? size / 2 : PAGE / 2); break;
    default: b->data = b->mapped;
    }
    if (place == 'c' && (size_t)(b->data - b->mapped) + size > whole) b->data = b->mapped;
    switch (fill) {
    case 'o': memset(b->data, 0xff, b->usable); break;
    case 'a': memset(b->data, 0xaa, b->usable); break;
    case 'b': if (b->usable) b->data[0] = 1; break;
    case 'q': for (uint64_t i = 0; i < b->usable / 8; i++) memcpy(b->data + i * 8, &i, 8); break;
    case 'l': for (uint32_t i = 0; i < b->usable / 4; i++) memcpy(b->data + i * 4, &i, 4); break;
    }
    b->before = malloc(size + 8);
}

static void free_buffers(void)
{
    for (struct buffer *b = buffers; b < buffers + BUFFERS; b++) {
        if (b->mapped) munmap(b->mapped, b->mapped_size);
        free(b->before);
        memset(b, 0, sizeof *b);
    }
}

static void store(struct buffer *b, size_t offset, const void *value, size_t size)
{
    if (offset >= b->usable) return;
    memcpy(b->data + offset, value, size < b->usable - offset ? size : b->usable - offset);
}

/* ---- output ---- */
static char out[65536];
static size_t out_size;

static void print(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int n = vsnprintf(out + out_size, sizeof out - out_size, format, list);
    va_end(list);
    if (n > 0 && out_size + n < sizeof out) out_size += n;
}

static uint64_t hash(const unsigned char *p, size_t n)
{
    uint64_t h = 0xcbf29ce484222325ull; /* FNV-1a */
    while (n--) h = (h ^ *p++) * 0x100000001b3ull;
    return h;
}

static void print_bytes(const unsigned char *p, size_t n)
{
    size_t shown = n <= 64 ? n : 32;
    for (size_t i = 0; i < shown; i++) print("%02x", p[i]);
    if (shown < n) print("..fnv:%016lx", (unsigned long)hash(p, n));
}

static uint32_t ports[512];
static int port_count;

static int port_token(uint32_t port)
{
    for (int i = 0; i < port_count; i++) if (ports[i] == port) return i;
    if (port_count == 512) return -1;
    ports[port_count] = port;
    return port_count++;
}

static void print_field(struct buffer *b, size_t offset, size_t size, char kind, const char *label)
{
    if (offset + size > b->usable || !memcmp(b->data + offset, b->before + offset, size)) return;
    uint64_t value = 0;
    memcpy(&value, b->data + offset, size < 8 ? size : 8);
    if (kind != 'n') print("%s=", label);
    switch (kind) {
    case 'n': break;
    case 'x': print("0x%lx ", (unsigned long)value); break;
    case 'z': print("%s ", value ? "some" : "none"); break;
    case 'p': print("P%d ", port_token(value)); break;
    case 's': for (size_t i = 0; i < size && b->data[offset + i]; i++) { int c = b->data[offset + i]; print("%c", c > 32 && c < 127 ? c : '_'); } print(" "); break;
    default: print_bytes(b->data + offset, size); print(" ");
    }
    memcpy(b->before + offset, b->data + offset, size); /* it is told; A tells what is left */
}

static void print_rest(struct buffer *b, const char *label)
{
    size_t from = 0, to = b->usable;
    while (from < to && b->data[from] == b->before[from]) from++;
    while (to > from && b->data[to - 1] == b->before[to - 1]) to--;
    if (from == to) return;
    print("%s[%lu..%lu]=", label, (unsigned long)from, (unsigned long)to);
    print_bytes(b->data + from, to - from);
    print(" ");
}

static void emit(const char *id, long result, int error, const char *asked)
{
    for (size_t i = 0; i < out_size; i++) if (out[i] == '\n' || out[i] == '\t') out[i] = '|';
    const char *name = result >= 0 ? "0" : error < 256 && errno_names[error] ? errno_names[error] : "?";
    printf("%s\t%ld\t%s\t%s\t%.*s\t", id, result, name, asked, (int)out_size, out);
    unsigned n = read_ring();
    for (unsigned i = 0; i < n && i < RING_SHOWN; i++) {
        unsigned char c = ring[i];
        if (c == '\n') fputs("\\n", stdout);
        else if (c < 32 || c > 126) printf("\\x%02x", c);
        else putchar(c);
    }
    putchar('\n');
    fflush(stdout);
    out_size = 0;
}

/* ---- the script ---- */
static char *next_word(char **at)
{
    char *word = *at;
    char *end = strchrnul(word, ' ');
    *at = *end ? end + 1 : end;
    *end = 0;
    return word;
}

static uint64_t number(char **at) { return strtoull(next_word(at), 0, 16); }

static uint64_t value(char **at)
{
    char *word = next_word(at);
    if (*word == '$') return variables[strtoul(word + 1, 0, 16) % VARIABLES];
    if (*word == '&') return (uintptr_t)buffers[strtoul(word + 1, 0, 16) % BUFFERS].data;
    return strtoull(word, 0, 16);
}

static struct buffer *buffer(char **at) { return buffers + number(at) % BUFFERS; }

static void perform(char *line)
{
    static long result;
    static int error;
    char *at = line + 2;
    switch (*line) {
    case 'M': { uint64_t n = number(&at); if (n < 256) errno_names[n] = strdup(at); break; }
    case 'R': ring_version = number(&at); break;
    case 'V': { uint64_t n = number(&at); variables[n % VARIABLES] = number(&at); break; }
    case 'B': {
        struct buffer *b = buffer(&at);
        size_t size = number(&at);
        char place = *next_word(&at);
        make_buffer(b, size, place, *at);
        break;
    }
    case 'N': {
        struct buffer *b = buffer(&at);
        size_t offset = number(&at), size = number(&at);
        uint64_t stored = value(&at);
        store(b, offset, &stored, size < 8 ? size : 8);
        break;
    }
    case 'T': { struct buffer *b = buffer(&at); size_t offset = number(&at); store(b, offset, at, strlen(at) + 1); break; }
    case 'C': {
        uint64_t op = number(&at), argument[5];
        for (int i = 0; i < 5; i++) argument[i] = value(&at);
        for (struct buffer *b = buffers; b < buffers + BUFFERS; b++) {
            if (b->usable) memcpy(b->before, b->data, b->usable);
            if (b->mapped && b->read_only) mprotect(b->mapped, b->mapped_size, PROT_READ);
        }
        result = hypercall(op, argument);
        error = errno;
        break;
    }
    case 'U': {
        uint64_t op = number(&at), argument[5];
        for (int i = 0; i < 5; i++) argument[i] = value(&at);
        hypercall(op, argument);
        break;
    }
    case 'F': {
        struct buffer *b = buffer(&at);
        size_t offset = number(&at), size = number(&at);
        char kind = *next_word(&at);
        print_field(b, offset, size, kind, at);
        break;
    }
    case 'A': { struct buffer *b = buffer(&at); print_rest(b, at); break; }
    case 'K': {
        uint64_t n = number(&at);
        struct buffer *b = buffer(&at);
        size_t offset = number(&at), size = number(&at);
        if (result < 0 || offset + size > b->usable || size > 8) break;
        variables[n % VARIABLES] = 0;
        memcpy(&variables[n % VARIABLES], b->data + offset, size);
        break;
    }
    case 'S': usleep(number(&at) * 1000); break;
    case 'E': {
        char *asked = strchrnul(at, '\t');
        if (*asked) *asked++ = 0;
        emit(at, result, error, asked);
        free_buffers();
        break;
    }
    default: fprintf(stderr, "walker: cannot read the instruction: %s\n", line); exit(2);
    }
}

static int wanted(const char *name, char **names, int count)
{
    for (int i = 0; i < count; i++) if (!strcmp(names[i], name)) return 1;
    return count == 0;
}

int main(int argc, char **argv)
{
    int script = argc > 1 ? open(argv[1], O_RDONLY) : -1;
    if (script < 0) { fprintf(stderr, "use: walker SCRIPT [GROUP…]\n"); return 2; }
    size_t size = lseek(script, 0, SEEK_END);
    char *text = mmap(0, size + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE, script, 0);
    if (text == MAP_FAILED) { perror("walker: the script"); return 2; }
    setvbuf(stdout, malloc(1 << 16), _IOFBF, 1 << 16);
    char *end = text + size;
    int in_child = 0;
    for (char *line = text; line < end;) {
        char *newline = memchr(line, '\n', end - line);
        if (!newline) newline = end;
        *newline = 0;
        if (*line == 'G') {
            if (in_child) { printf("# done\n"); fflush(stdout); _exit(0); }
            pid_t child = -1;
            if (wanted(line + 2, argv + 2, argc - 2)) {
                printf("# group %s\n", line + 2);
                fflush(stdout);
                child = fork();
            }
            if (child == 0) {
                in_child = 1;
                cpu_set_t first;
                CPU_ZERO(&first);
                CPU_SET(0, &first);
                sched_setaffinity(0, sizeof first, &first);
                privcmd = open("/proc/xen/privcmd", O_RDWR | O_CLOEXEC);
                if (privcmd < 0) { perror("walker: /proc/xen/privcmd"); _exit(1); }
                read_ring();
                read_ring(); /* what was printed before this group */
            } else {
                int status = 0;
                if (child > 0) waitpid(child, &status, 0);
                if (status) printf("# died with status 0x%x\n", status);
                fflush(stdout);
                char *next = memmem(newline, end - newline, "\nG ", 3); /* newline holds a zero now: look behind it */
                line = next ? next + 1 : end;
                continue;
            }
        } else if (*line) perform(line);
        line = newline + 1;
    }
    if (in_child) { printf("# done\n"); fflush(stdout); _exit(0); }
    return 0;
}
