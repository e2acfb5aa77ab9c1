#!/usr/bin/env bash
# Logs az in from a GitHub workflow by a federated credential: no secret is kept anywhere. Needs the permission id-token: write, and
# AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_SUBSCRIPTION_ID. docs/deployment.md#from-github makes the credential.
set -euo pipefail
: "${AZURE_CLIENT_ID:?}" "${AZURE_TENANT_ID:?}" "${AZURE_SUBSCRIPTION_ID:?}" "${ACTIONS_ID_TOKEN_REQUEST_URL:?the job needs the permission id-token: write}"

# The header goes by a file descriptor, so that no process list shows it. az takes its token as an argument only: the token ends within minutes, and the runner is this job's alone.
token=$(curl --silent --show-error --fail --max-time 30 -H @<(printf 'authorization: bearer %s\n' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN") \
  "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=api://AzureADTokenExchange" | sed -nE 's/.*"value" *: *"([^"]+)".*/\1/p')
echo "::add-mask::$token"
az login --service-principal --username "$AZURE_CLIENT_ID" --tenant "$AZURE_TENANT_ID" --federated-token "$token" --output none
az account set --subscription "$AZURE_SUBSCRIPTION_ID"
