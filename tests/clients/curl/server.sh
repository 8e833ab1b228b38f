# Starts a Moyun server of its own and speaks to its admin listener.

REGION=cn-hangzhou
ZONE=cn-hangzhou-h

# Starts the server named by MOYUN_BIN with a manual clock. Sets API and ADMIN.
start_server() {
  API=127.0.0.1:$(free_port)
  ADMIN=127.0.0.1:$(free_port)
  exec {SERVER_STDOUT}< <(exec "$MOYUN_BIN" serve --ephemeral --listen "$API" --admin-listen "$ADMIN")
  SERVER_PID=$!
  trap 'kill -KILL "$SERVER_PID" 2>/dev/null' EXIT
  local ready
  if ! read -r -t 60 ready <&"$SERVER_STDOUT"; then
    echo "moyun did not say that it is ready" >&2
    exit 1
  fi
  tell PATCH /admin/world/clock '{"mode":"manual"}' >/dev/null || exit 1
}

# Makes an account that no other test knows. Sets KEY_ID and KEY_SECRET.
fresh_account() {
  local account
  account=$(tell POST /admin/accounts '{}') || return 1
  KEY_ID=$(json_text access_key_id "$account")
  KEY_SECRET=$(json_text access_key_secret "$account")
}

# Advances the clock, five seconds a step and a minute at most, until a command succeeds:
# until_true WHAT COMMAND... . All the waits of all tests together stay below the fifteen minutes
# that a timestamp of the real time may be off the server's clock.
until_true() {
  local what=$1 step
  shift
  for ((step = 0; step < 12; step++)); do
    "$@" && return
    tell POST /admin/clock/advance '{"seconds":5}' >/dev/null || return 1
  done
  "$@" || fail "not within a minute of the server's time: $what"
}

# Sends a body to the admin listener: tell METHOD PATH JSON
tell() {
  curl --silent --show-error --fail --noproxy '*' --max-time 10 -X "$1" \
    -H 'Content-Type: application/json' --data-raw "$3" "http://$ADMIN$2"
}

# The value of a member with a text in a flat JSON object: json_text NAME JSON
json_text() {
  local pattern="\"$1\"[[:space:]]*:[[:space:]]*\"([^\"]*)\""
  [[ $2 =~ $pattern ]] && printf %s "${BASH_REMATCH[1]}"
}

# A port of the loopback address on which nobody answers.
free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}
