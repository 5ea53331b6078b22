/* Passes a struct that lies in a mapping of /proc/xen/dmesg, then sees whether the mount still answers. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define IOCTL_PRIVCMD_HYPERCALL _IOC(_IOC_NONE, 'P', 0, 48)

int main(void)
{
	int ring = open("/proc/xen/dmesg", O_RDONLY);
	int privcmd = open("/proc/xen/privcmd", O_RDWR);
	void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, ring, 0);
	char text[64] = "";
	int capabilities;

	if (page == MAP_FAILED || privcmd < 0) {
		perror("setup");
		return 1;
	}
	printf("hypercall: %s\n", ioctl(privcmd, IOCTL_PRIVCMD_HYPERCALL, page) < 0 ? strerror(errno) : "no error");
	capabilities = open("/proc/xen/capabilities", O_RDONLY);
	if (read(capabilities, text, sizeof(text) - 1) < 0)
		perror("read");
	printf("capabilities: %s", text);
	return 0;
}
