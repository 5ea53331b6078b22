/* xen/version.h: the version of the simulated build. */

void fauxen_build_text(const char *what, char *to, unsigned long size);

static const char *fauxen_text(const char *what, char *room, unsigned long size)
{
    fauxen_build_text(what, room, size);
    return room;
}
#define FAUXEN_TEXT(name, what) const char *name(void) { static char room[128]; return fauxen_text(what, room, sizeof(room)); }

FAUXEN_TEXT(xen_extra_version, "extraversion")
FAUXEN_TEXT(xen_compiler, "compiler")
FAUXEN_TEXT(xen_compile_by, "compiledBy")
FAUXEN_TEXT(xen_compile_domain, "compileDomain")
FAUXEN_TEXT(xen_compile_date, "compileDate")
FAUXEN_TEXT(xen_changeset, "changeset")
#define FAUXEN_ROOM(name, what) \
    char (*name(void))[1024] { static char room[1024]; fauxen_text(what, room, sizeof(room)); return &room; }

FAUXEN_ROOM(fauxen_saved_cmdline, "commandLine")
FAUXEN_ROOM(fauxen_cap_info, "capabilities")
unsigned int xen_major_version(void) { return fauxen_machine("major"); }
unsigned int xen_minor_version(void) { return fauxen_machine("minor"); }
