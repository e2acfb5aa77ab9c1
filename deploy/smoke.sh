#!/usr/bin/env bash
# Is a deployed BulkSms well? Asks what must answer and what must be refused, and previews a broadcast. Without a number nothing is stored
# and no phone is texted, and so nothing shows that the app that sends works.
#
#   deploy/smoke.sh URL KEY          URL: https://my-app.azurewebsites.net; KEY: a function key
#   deploy/smoke.sh URL KEY NUMBER   also sends one message to your own phone (+15551234567), which costs what a message costs, and waits up
#                                    to SMOKE_PATIENCE seconds (120) until Twilio has it from the app that sends
#   TOKEN=… deploy/smoke.sh …      with a bearer token, where Auth__Authority asks for one (roles Broadcast.Read and Broadcast.Send; with Broadcast.Manage for the doctor)
#
# It shows what the doctor finds at Twilio, too. That fails nothing: a package that is well is not taken back for a setting at Twilio, and the first
# deployment cannot have all of them.
#
# Ends with code 0 when all is well, else 1, and says what is not. Needs curl.
set -euo pipefail

if (($# != 2 && $# != 3)); then
  echo "Usage: deploy/smoke.sh URL KEY [NUMBER]" >&2
  exit 2
fi

url=${1%/} key=$2 number=${3:-} failed=0
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# The key and the token go by a file descriptor: arguments are seen by every user of the machine.
headers() { printf 'x-functions-key: %s\n' "$key"; [[ -z ${TOKEN:-} ]] || printf 'authorization: Bearer %s\n' "$TOKEN"; }

# check WHAT STATUS TEXT CURL_ARGUMENTS...: the answer must have this status and, unless it is empty, this text.
check() {
  local what=$1 status=$2 text=$3 got
  shift 3
  got=$(curl --silent --show-error --max-time 30 --output "$body" --write-out '%{http_code}' "$@" 2>&1) || true
  if [[ $got == "$status" ]] && { [[ -z $text ]] || grep -qF "$text" "$body"; }; then
    printf 'ok      %s\n' "$what"
  else
    printf 'FAILED  %s: %s instead of %s\n' "$what" "$got" "$status"
    head -c 500 "$body"
    echo
    failed=1
  fi
}

check "it is alive" 200 live "$url/api/health"
check "storage, queues, secrets and sending are up" 200 '"ready"' -H @<(headers) "$url/api/health/ready"
check "without a key nothing is shown" 401 '' "$url/api/v1/broadcasts"
check "with the key broadcasts are listed" 200 '"broadcasts"' -H @<(headers) "$url/api/v1/broadcasts?limit=1"
check "a broadcast can be previewed" 200 '"recipientsCount":1' -H @<(headers) -H 'content-type: application/json' \
  --data '{"message": "Hello", "recipients": ["+12015550123"]}' "$url/api/v1/broadcasts/preview"
check "a faulty request is refused" 400 invalid-request -H @<(headers) -H 'content-type: application/json' \
  --data '{"message": "", "recipients": []}' "$url/api/v1/broadcasts"
check "a status callback without Twilio's signature is refused" 403 forbidden --data 'MessageStatus=sent' "$url/api/webhooks/status"
check "an opt-out without Twilio's signature is refused" 403 forbidden --data 'Body=STOP' "$url/api/webhooks/optout"

# How Twilio is set, each line that warns or fails with what to do. A package of before has no doctor, and a token may not have its role.
got=$(curl --silent --show-error --max-time 60 --output "$body" --write-out '%{http_code}' -H @<(headers) "$url/api/v1/doctor" 2>&1) || true
case $got in
  200)
    echo "ok      the doctor answers; what it finds:"
    grep -oE '\{"id":"[a-zA-Z0-9]+","status":"(warning|failure)",("[a-z]+":"([^"\]|\\.)*",?)+\}' "$body" \
      | sed -E 's/^\{"id":"([a-zA-Z0-9]+)","status":"([a-z]+)","found":"(([^"\]|\\.)*)","why":"([^"\]|\\.)*","action":"(([^"\]|\\.)*)"\}$/\2 \1: \3 \6/; s/\\"/"/g; s/^/        /' || echo "        nothing to do"
    ;;
  403 | 404) echo "not tried: the doctor (it takes the role Broadcast.Manage)" ;;
  *)
    printf 'FAILED  the doctor answers: %s instead of 200\n' "$got"
    failed=1
    ;;
esac

# A message goes through queue and sender to Twilio, whose id for it (SID) appears on the recipient.
if [[ -n $number ]]; then
  check "a message is accepted" 202 '"recipientsCount":1' -H @<(headers) -H 'content-type: application/json' \
    --data "{\"message\": \"BulkSms is deployed.\", \"recipients\": [\"$number\"]}" "$url/api/v1/broadcasts"
  id=$(sed -nE 's/.*"broadcastId":"([0-9a-f]+)".*/\1/p' "$body")
  sent=no
  for ((waited = 0; waited < ${SMOKE_PATIENCE:-120}; waited += 2)); do
    [[ -n $id ]] || break
    curl --silent --max-time 30 --output "$body" -H @<(headers) "$url/api/v1/broadcasts/$id/recipients" || true
    if grep -qE '"sid":"(SM|MM)' "$body"; then
      sent=yes
      break
    fi
    sleep 2
  done
  if [[ $sent == yes ]]; then
    echo "ok      the app that sends has handed it to Twilio"
  else
    echo "FAILED  the app that sends has not handed it to Twilio: does it run, and what does its log say? The message may still be sent: $url/api/v1/broadcasts/$id"
    failed=1
  fi
else
  echo "not tried: the app that sends (give a number of your own as the third argument)"
fi
# With its fragment: without it Twilio does not repeat a text that could not be taken.
echo "To be set at Twilio, as the inbound webhook of the Messaging Service: $url/api/webhooks/optout#rc=5&rp=all"
exit $failed
