#!/bin/sh
# Starts Redis with redis.conf and the password in REDIS_PASSWORD. The password is passed through standard input, because any user
# who can list processes could see it on the command line. Further arguments go to redis-server.
set -eu
: "${REDIS_PASSWORD:?must be set: an empty one would let everybody in}"

quoted=$(printf '%s' "$REDIS_PASSWORD" | sed 's/[\\"]/\\&/g')

exec redis-server "$(dirname "$0")/redis.conf" "$@" - <<CONF
requirepass "$quoted"
CONF
