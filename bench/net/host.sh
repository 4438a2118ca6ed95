#!/bin/sh
# host.sh NAME COMMAND…: runs the command in the network namespace NAME, as a host of that name.
set -eu
name=$1
shift
exec nsenter --net="/run/netns/$name" unshare --uts sh -c 'hostname "$0" && exec "$@"' "$name" "$@"
