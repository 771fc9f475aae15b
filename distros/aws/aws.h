/* SPDX-License-Identifier: Apache-2.0
 *
 * aws.h - the parts of the AWS distro, one file each, as distro.c registers them.
 */
#ifndef OTEL_AWS_AWS_H
#define OTEL_AWS_AWS_H

#include <otel/plugin.h>

extern const otel_id_generator aws_xray_id; /* xray_id.c */
extern const otel_propagator aws_xray_propagator; /* xray_propagator.c */

#endif
