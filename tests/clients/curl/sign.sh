# Signs requests with openssl and sends them with curl.
#
# Wants API (host:port), KEY_ID and KEY_SECRET. Leaves the answer in STATUS and BODY.

# Sends an action signed with V1: send_v1 GET|POST VERSION ACTION NAME=VALUE...
send_v1() {
  local method=$1 version=$2 action=$3
  shift 3
  local query
  query=$(canonical "$@" "Action=$action" "Version=$version" "AccessKeyId=$KEY_ID" \
    SignatureMethod=HMAC-SHA1 SignatureVersion=1.0 "SignatureNonce=$(openssl rand -hex 16)" \
    "Timestamp=$(date -u +%Y-%m-%dT%H:%M:%SZ)")
  local signature
  signature=$(printf %s "$method&%2F&$(encode "$query")" |
    openssl dgst -sha1 -hmac "$KEY_SECRET&" -binary | openssl base64 -A)
  query+="&Signature=$(encode "$signature")"
  if [[ $method == GET ]]; then
    answer "http://$API/?$query"
  else
    answer --data-raw "$query" "http://$API/"
  fi
}

# Sends an action signed with V3: send_v3 VERSION ACTION NAME=VALUE...
send_v3() {
  local version=$1 action=$2
  shift 2
  local query signed='host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version'
  query=$(canonical "$@")
  local hash date nonce
  hash=$(sha256 '')
  date=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  nonce=$(openssl rand -hex 16)
  local headers="host:$API
x-acs-action:$action
x-acs-content-sha256:$hash
x-acs-date:$date
x-acs-signature-nonce:$nonce
x-acs-version:$version
"
  local request=$'POST\n/\n'"$query"$'\n'"$headers"$'\n'"$signed"$'\n'"$hash"
  local signature
  signature=$(printf %s $'ACS3-HMAC-SHA256\n'"$(sha256 "$request")" |
    openssl dgst -sha256 -hmac "$KEY_SECRET" -r | cut -d' ' -f1)
  answer -X POST -H "x-acs-action: $action" -H "x-acs-content-sha256: $hash" -H "x-acs-date: $date" \
    -H "x-acs-signature-nonce: $nonce" -H "x-acs-version: $version" -H 'Accept: application/json' \
    -H "Authorization: ACS3-HMAC-SHA256 Credential=$KEY_ID,SignedHeaders=$signed,Signature=$signature" \
    "http://$API/?$query"
}

answer() {
  local told
  told=$(curl --silent --show-error --noproxy '*' --max-time 10 --write-out '\n%{http_code}' "$@") || return 1
  STATUS=${told##*$'\n'}
  BODY=${told%$'\n'*}
}

# Encoded NAME=VALUE pairs in the byte order of their names, joined with &.
canonical() {
  local pair
  for pair in "$@"; do
    printf '%s=%s\n' "$(encode "${pair%%=*}")" "$(encode "${pair#*=}")"
  done | LC_ALL=C sort -t= -k1,1 | paste -sd '&' -
}

# Everything but letters, digits, - _ . ~ becomes %XX, byte by byte.
encode() {
  local LC_ALL=C text=$1 out= byte i
  for ((i = 0; i < ${#text}; i++)); do
    byte=${text:i:1}
    case $byte in
      [A-Za-z0-9._~-]) out+=$byte ;;
      *)
        printf -v byte %d "'$byte"
        printf -v byte %%%02X "$((byte & 255))"
        out+=$byte
        ;;
    esac
  done
  printf %s "$out"
}

sha256() {
  printf %s "$1" | openssl dgst -sha256 -r | cut -d' ' -f1
}
