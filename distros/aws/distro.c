/* SPDX-License-Identifier: Apache-2.0
 *
 * distro.c - the AWS distro. It registers its parts; conf/aws.ini selects them.
 */
#include "aws.h"

static otel_status aws_setup(const otel_host *host, otel_setup *setup)
{
	otel_status status = host->add(setup, OTEL_COMPONENT_ID_GENERATOR, "xray", &aws_xray_id, NULL);
	if (status != OTEL_OK)
		return status;
	return host->add(setup, OTEL_COMPONENT_PROPAGATOR, "xray", &aws_xray_propagator, NULL);
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "aws",
	.version = "0.1.0",
	.license = "Apache-2.0",
	.setup = aws_setup, /* registers the parts */
};
