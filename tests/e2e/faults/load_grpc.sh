#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# load_grpc: the rows of load.sh over gRPC.
FAULTS_PROTOCOL=grpc exec "$(dirname "$0")/load.sh"
