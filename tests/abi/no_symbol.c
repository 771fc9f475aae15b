/* SPDX-License-Identifier: Apache-2.0
 *
 * no_symbol.c - a shared object that is no plugin.
 */
int otel_plugin_v0(void);

int otel_plugin_v0(void)
{
	return 0;
}
