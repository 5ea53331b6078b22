#!/bin/busybox sh
# The first process of dom0: mounts, Xen's drivers, then /run.sh with its standard output on the second serial line.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts pts /dev/pts
mount -t tmpfs tmp /tmp
mount -t tmpfs run /run
for module in xen-privcmd xenfs xen-evtchn xen-gntdev xen-gntalloc; do insmod /modules/$module.ko 2>/dev/null; done
mount -t xenfs xenfs /proc/xen
stty -F /dev/ttyS1 raw 115200
echo "dom0 up: $(uname -r) $(cat /proc/xen/capabilities)"
sh /run.sh >/dev/ttyS1
sleep 1 # the serial line's buffer
poweroff -f
