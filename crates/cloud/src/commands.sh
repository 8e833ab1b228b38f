API=${API:-http://127.0.0.1:4580}
ADMIN=${ADMIN:-http://127.0.0.1:4581/admin}
export ALIBABA_CLOUD_ACCESS_KEY_ID=LTAI5tMoyunLocalTest ALIBABA_CLOUD_ACCESS_KEY_SECRET=moyun-local-secret
export ALIBABA_CLOUD_REGION_ID=cn-hangzhou
aliyun() { command aliyun "$@" --endpoint "${API#http://}" --insecure --force; }
signed() {
    text="$1&%2F&$(printf %s "$3" | sed 's/%/%25/g; s/&/%26/g; s/=/%3D/g')"
    signature=$(printf %s "$text" | openssl dgst -sha1 -hmac "$2&" -binary | base64)
    printf '%s&Signature=%s' "$3" "$(printf %s "$signature" | sed 's/+/%2B/g; s/\//%2F/g; s/=/%3D/g')"
}
curl -sS -X POST "$ADMIN/reset"
curl -sS -X PATCH "$ADMIN/world/clock" -d '{"mode":"manual","now":"2026-01-01T00:00:00Z"}'
curl -sS -X PATCH "$ADMIN/world/limits" -d '{"timestamp_skew":"36500d"}'
