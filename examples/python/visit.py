"""A guest's visit to the shop, with the standard library of Python only."""

import http.client
import json
import os
import random
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("CARTWRIGHT_URL", "http://127.0.0.1:8001")


class Problem(Exception):
    """The service rejected a request. `code` is the same from version to version."""

    def __init__(self, problem):
        super().__init__(f"{problem['status']} {problem['code']}: {problem['detail']}")
        self.code = problem["code"]
        self.problem = problem


def send(method, path, token=None, body=None, **headers):
    """One request. Returns the parsed body and the headers of the response."""
    request = urllib.request.Request(URL + path, method=method)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    if token is not None:
        request.add_header("Authorization", f"Bearer {token}")
    if body is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(body).encode()
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            text = response.read()
            return (json.loads(text) if text else None), response.headers
    except urllib.error.HTTPError as error:
        if error.code in (429, 503):
            error.wait = float(error.headers.get("Retry-After", 1))
            raise
        raise Problem(json.load(error)) from None


def write(method, path, token, body=None, **headers):
    """A write to the cart. It may be sent several times, and is carried out once, because all have the same key."""
    headers["Idempotency_Key"] = str(uuid.uuid4())
    for attempt in range(6):
        try:
            return send(method, path, token, body, **headers)
        except (OSError, http.client.HTTPException) as error:  # no response, or one that asks to come back later
            if attempt == 5:
                raise
            time.sleep(getattr(error, "wait", 0) + random.random() * 0.2 * 2**attempt)


guest, _ = send("POST", "/auth/guest")
token = guest["access_token"]

mug = {"product_id": "mug", "product_data": {"name": "Mug", "price": 9.5}}
cart, headers = write("POST", "/cart/add", token, {**mug, "quantity": 2})
print(f"{cart['count']} items, {cart['total_price']} {cart['currency']}")

# Only if no other client has changed the cart since.
seen = headers["ETag"]
cart, _ = write("PUT", "/cart/update/mug", token, {"quantity": 3}, If_Match=seen)
print(f"{cart['count']} items, version {cart['version']}")

try:
    write("PUT", "/cart/update/mug", token, {"quantity": 4}, If_Match=seen)
except Problem as problem:
    if problem.code != "version_mismatch":
        raise
    print(f"{problem.code}: the cart is at version {problem.problem['version']}")

order, _ = write("POST", "/cart/checkout", token)
print(f"checkout {order['status']}: {order['total_price']} {order['currency']}")
