# dom0's part of a guest's walk: Xen's tools as this machine has them, one guest of the kind in /kind, and what its console said.
mkdir -p /lib64 /var/lib/xen /var/log/xen/console /var/lock /var/run/xen /run/xen /run/xenstored /var/run/xenstored
ln -s /tools/lib/ld-linux-x86-64.so.2 /lib64/ld-linux-x86-64.so.2
export LD_LIBRARY_PATH=/tools/lib PATH=/tools/bin:/bin
chmod +x /tools/bin/* /tools/lib/*
log=/var/log/xen/console/guest-walk.log
exec 3>&1 >/tmp/tools.log 2>&1
xenstored --pid-file /run/xenstored.pid
sleep 1
xen-init-dom0
xenconsoled --log=guest --log-dir=/var/log/xen/console --pid-file=/run/xenconsoled.pid
sleep 1
cat >/guest.cfg <<CONFIGURATION
type = '$(cat /kind)'
name = 'walk'
kernel = '/guest/vmlinuz'
ramdisk = '/guest/initrd'
extra = 'console=hvc0 rdinit=/init loglevel=3'
memory = 192
vcpus = 1
on_crash = 'destroy'
CONFIGURATION
touch $log
tail -n +1 -f $log >&3 2>/dev/null & # as it comes: a machine whose time is up has said what it had
said=$!
xl create /guest.cfg
# xl stays until the guest ends. Not asked from Xen each second: starting a program costs this machine more than a guest's group.
until grep -q ALL-DONE $log || ! pidof xl >/dev/null; do sleep 2; done
sleep 2
kill $said
cat /tmp/tools.log >&3
