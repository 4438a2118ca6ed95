#!/bin/sh
# network.sh HOSTS RATE COMMAND…: runs the command as host 0 of a network of HOSTS more, each with RATE both ways.
# Host i has the address 10.77.0.(100+i) and the network namespace /run/netns/hi. To be run by `unshare -Urnm`:
# everything is gone when the command has ended.
set -eu
hosts=$1 rate=$2
shift 2

mount -t tmpfs tmpfs /run
mkdir /run/netns
ip netns add switch
ip -n switch link add br0 type bridge
ip -n switch link set br0 up

i=0
while [ "$i" -le "$hosts" ]; do
  ip netns add "h$i"
  ip link add eth0 netns "h$i" type veth peer name "p$i" netns switch
  ip -n switch link set "p$i" master br0 up
  ip -n "h$i" link set lo up
  ip -n "h$i" addr add "10.77.0.$((100 + i))/24" dev eth0
  ip -n "h$i" link set eth0 up
  tc -n "h$i" qdisc add dev eth0 root tbf rate "$rate" burst 64kb latency 50ms
  tc -n switch qdisc add dev "p$i" root tbf rate "$rate" burst 64kb latency 50ms
  i=$((i + 1))
done

exec nsenter --net=/run/netns/h0 "$@"
