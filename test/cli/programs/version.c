/* Asks for Xen's version through /proc/xen/privcmd, as tutorials do. An argument says how many times. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>

struct privcmd_hypercall {
	uint64_t op;
	uint64_t arg[5];
};

#define IOCTL_PRIVCMD_HYPERCALL _IOC(_IOC_NONE, 'P', 0, sizeof(struct privcmd_hypercall))

int main(int argc, char **argv)
{
	struct privcmd_hypercall call = { 17 /* xen_version */, { 0 /* XENVER_version */ } };
	int times = argc > 1 ? atoi(argv[1]) : 1;
	int result = 0;
	int fd = open("/proc/xen/privcmd", O_RDWR);

	if (fd < 0) {
		perror("/proc/xen/privcmd");
		return 1;
	}
	while (times-- > 0)
		result = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);
	printf("xen_version = %#x\n", result);
	return 0;
}
