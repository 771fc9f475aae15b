#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# life_grpc: the rows of life.sh over gRPC.
FAULTS_PROTOCOL=grpc exec "$(dirname "$0")/life.sh"
