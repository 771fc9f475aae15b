/* SPDX-License-Identifier: Apache-2.0
 *
 * cxx.cc - the header is C++17 too: a plugin written in it, without static constructors.
 */
#include <otel/plugin.h>

namespace
{

void trace_id(void *, const uint8_t *random, uint8_t *out)
{
	for (int i = 0; i < 16; i++)
		out[i] = random[i];
}

const otel_id_generator generator = {{sizeof(otel_id_generator), 0, nullptr, nullptr}, trace_id, nullptr, true};

otel_status setup_plugin(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_ID_GENERATOR, "cxx", &generator, nullptr);
}

} // namespace

const otel_plugin otel_plugin_v1 = {sizeof(otel_plugin),
				    OTEL_PLUGIN_ABI_MAJOR,
				    OTEL_PLUGIN_ABI_MINOR,
				    0,
				    "cxx",
				    "1.0.0",
				    "Apache-2.0",
				    nullptr,
				    0,
				    setup_plugin,
				    nullptr};
