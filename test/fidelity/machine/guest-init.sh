#!/bin/busybox sh
# The first process of a guest that runs the walk: loads Xen's drivers, whose privcmd may make any hypercall, then runs the walker group by group, with its
# compressed output as text on the console.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs tmp /tmp
insmod /modules/xen-privcmd.ko unrestricted=1
for module in xenfs xen-evtchn xen-gntdev xen-gntalloc; do insmod /modules/$module.ko; done
mount -t xenfs xenfs /proc/xen
stty raw -F /dev/hvc0
chmod +x /walker
echo "guest up: $(uname -r) $(cat /sys/hypervisor/guest_type)"
for group in $(cat /groups); do
  /walker /script "$group" >/tmp/lines
  echo "BEGIN $group"
  gzip -c /tmp/lines | base64
  echo "END $group"
done
echo ALL-DONE
sleep 1
poweroff -f
