# Runs a command in an environment that was unpacked: sh enter.sh FOLDER COMMAND...
environment=$PWD/$1
private=$PWD/.$1
shift
fail() {
  echo "vine: $1" >&2
  exit 126
}

# Finds an interpreter of this version at the worker, and gives it the packages of a virtual environment.
adopt() {
  wanted=$(sed -n 's/^version\(_info\)\{0,1\} *= *\([0-9]*\.[0-9]*\).*/\2/p' "$environment/pyvenv.cfg" | head -n 1)
  home=$(sed -n 's/^home *= *//p' "$environment/pyvenv.cfg")
  python=
  for candidate in "$home/python$wanted" "python$wanted" "${VINE_PYTHON:-python3}" python3; do
    said=$("$candidate" -c 'import sys
print("%d.%d %s" % (*sys.version_info[:2], getattr(sys, "_base_executable", sys.executable)))' 2>/dev/null) || continue
    if [ "${said%% *}" = "$wanted" ]; then
      python=${said#* }
      break
    fi
  done
  [ -n "$python" ] || fail "the environment was made with Python $wanted, and this worker has none"
  mkdir -p "$private/bin"
  for name in python python3 "python$wanted"; do ln -sf "$python" "$private/bin/$name"; done
  printf 'home = %s\nversion = %s\n' "${python%/*}" "$wanted" > "$private/pyvenv.cfg"
  for name in lib lib64 include share; do
    if [ -d "$environment/$name" ]; then ln -sfn "$environment/$name" "$private/$name"; fi
  done
}

[ -d "$environment" ] || fail "the environment is no folder: give an archive as a path, or to declare_environment"
if [ -x "$environment/bin/run_in_env" ]; then exec "$environment/bin/run_in_env" "$@"; fi
PATH=$environment/bin:$PATH
if [ -x "$environment/bin/python" ]; then
  VINE_PYTHON=$environment/bin/python
elif [ -x "$environment/bin/python3" ]; then
  VINE_PYTHON=$environment/bin/python3
elif [ -f "$environment/pyvenv.cfg" ]; then
  adopt
  PATH=$private/bin:$PATH
  VINE_PYTHON=$private/bin/python
else
  packages=
  for place in "$environment"/lib/python3*/site-packages "$environment/site-packages"; do
    if [ -d "$place" ]; then packages=$packages$place:; fi
  done
  if [ -d "$environment/lib" ]; then export LD_LIBRARY_PATH="$environment/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"; fi
  export PYTHONPATH="${packages:-$environment:}${PYTHONPATH-}"
fi
if [ -d "$environment/conda-meta" ]; then
  export CONDA_PREFIX="$environment"
  for script in "$environment"/etc/conda/activate.d/*.sh; do
    if [ -r "$script" ]; then . "$script"; fi
  done
fi
export PATH
if [ -n "${VINE_PYTHON-}" ]; then export VINE_PYTHON; fi
exec "$@"
