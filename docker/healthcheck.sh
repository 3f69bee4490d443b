#!/bin/bash
# Exits with 0 if the server on a port of this container answers /health with success. bash alone does
# it, so that the image needs no HTTP client.
#
#   healthcheck PORT
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${1:?the port}"
printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 5 status <&3
[[ $status == 'HTTP/1.1 200 '* ]]
