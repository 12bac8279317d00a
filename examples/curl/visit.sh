#!/usr/bin/env bash
# A guest's visit to the shop.
set -euo pipefail

url=${CARTWRIGHT_URL:-http://127.0.0.1:8001}
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

# A member of the JSON that comes in, which has it once on its own level: jq would be better.
member() { grep -o "\"$1\":[^,}]*" | tail -1 | cut -d: -f2- | tr -d '"'; }

# A write to the cart. curl sends it again if no response comes, or one with 429 or 503, after Retry-After. It is carried out once,
# because all attempts have the same key.
write() {
  local method=$1 path=$2 body=$3
  shift 3
  curl --silent --show-error --retry 5 --retry-all-errors --max-time 10 --dump-header "$headers" \
    --request "$method" "$url$path" "$@" \
    --header "Authorization: Bearer $token" \
    --header "Idempotency-Key: $(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" \
    --header 'Content-Type: application/json' --data "$body"
}

token=$(curl --silent --show-error --fail --request POST "$url/auth/guest" | member access_token)

cart=$(write POST /cart/add '{"product_id":"mug","quantity":2,"product_data":{"name":"Mug","price":9.5}}')
echo "$(member count <<<"$cart") items, $(member total_price <<<"$cart") $(member currency <<<"$cart")"

# Only if no other client has changed the cart since.
seen=$(grep -i '^etag:' "$headers" | cut -d' ' -f2 | tr -d '\r')
cart=$(write PUT /cart/update/mug '{"quantity":3}' --header "If-Match: $seen")
echo "$(member count <<<"$cart") items, version $(member version <<<"$cart")"

problem=$(write PUT /cart/update/mug '{"quantity":4}' --header "If-Match: $seen")
echo "$(member code <<<"$problem"): the cart is at version $(member version <<<"$problem")"

order=$(write POST /cart/checkout '{}')
echo "checkout $(member status <<<"$order"): $(member total_price <<<"$order") $(member currency <<<"$order")"
