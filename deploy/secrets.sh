#!/usr/bin/env bash
# Writes Twilio's credentials to the vault, where they are not there yet.
#
#   deploy/secrets.sh VAULT
#
# They are read from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN; without them you are asked, at a terminal. With REPLACE_SECRETS=1 they are written even
# if they are there. Needs az, logged in, with the role Key Vault Secrets Officer on the vault: infra/ gives it to the one who deploys.
set -euo pipefail

if (($# != 1)); then
  echo "Usage: deploy/secrets.sh VAULT" >&2
  exit 2
fi

vault=$1
patience=${SECRETS_PATIENCE:-300} # seconds: a role that was just given takes some minutes to be in force

# names: those of the secrets in the vault, a line each.
names() { az keyvault secret list --vault-name "$vault" --query '[].name' --output tsv | tr -d '\r'; }

there=''
for ((waited = 0; ; waited += 10)); do
  if there=$(names 2>/dev/null); then
    break
  fi

  if ((waited >= patience)); then
    echo "The vault $vault cannot be read. Ask for the role Key Vault Secrets Officer on it, then run: deploy/secrets.sh $vault" >&2
    names # its own words
    exit 1
  fi

  sleep 10
done

# write NAME VARIABLE WHAT HIDDEN
write() {
  local name=$1 value=${!2:-}
  if grep -qxF "$name" <<<"$there" && [[ -z ${REPLACE_SECRETS:-} ]]; then
    echo "$name is in the vault."
    return
  fi

  if [[ -z $value && -t 0 ]]; then
    read -r -p "$3: " ${4:+-s} value
    [[ -z ${4:-} ]] || echo
  fi

  if [[ -z $value ]]; then
    echo "$name is not in the vault. Set $2, or run this at a terminal: deploy/secrets.sh $vault" >&2
    exit 1
  fi

  # By a file descriptor: arguments are seen by every user of the machine.
  az keyvault secret set --vault-name "$vault" --name "$name" --file <(printf '%s' "$value") --encoding utf-8 --output none
  echo "$name is written."
}

write TwilioAccountSid TWILIO_ACCOUNT_SID "Twilio's account SID (AC…)"
write TwilioAuthToken TWILIO_AUTH_TOKEN "Twilio's auth token" hidden
