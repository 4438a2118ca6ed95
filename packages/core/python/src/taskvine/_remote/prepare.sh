# Makes a folder of a packed environment, for any place: sh prepare.sh ARCHIVE FOLDER
set -eu
archive=$1
folder=$PWD/$2
if [ -d "$archive" ]; then
  echo "a packed environment is one file, and this is a folder" >&2
  exit 1
fi
mkdir unpacked
if [ "$(head -c 2 "$archive")" = PK ]; then
  unzip -q "$archive" -d unpacked
else
  tar -xf "$archive" -C unpacked --no-same-owner
fi
cd unpacked

# All in one folder: that is it.
set -- *
if [ $# = 1 ]; then
  for sign in bin lib pyvenv.cfg conda-meta; do
    if [ -e "$1/$sign" ]; then
      cd "$1"
      break
    fi
  done
fi

# Links to what only the machine had where it was made.
find . -type l | while IFS= read -r link; do
  case $(readlink -m "$link") in
    "$PWD"/*) ;;
    *) rm "$link" ;;
  esac
done

# Commands that name the interpreter by the path that it had there.
for command in bin/*; do
  if [ ! -f "$command" ] || [ -L "$command" ] || [ "$(head -c 2 "$command" | tr -d '\0')" != '#!' ]; then continue; fi
  sed -i -e '1s|^#!.*/bin/python[0-9.]*|#!/usr/bin/env python|' \
    -e "2s|^'''exec' .* \"\$0\"|'''exec' python \"\$0\"|" "$command"
done
mv "$PWD" "$folder"
