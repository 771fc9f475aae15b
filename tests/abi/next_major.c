/* SPDX-License-Identifier: Apache-2.0
 *
 * next_major.c - a plugin of the next major ABI: another symbol, and who knows what behind it.
 */
extern const unsigned long otel_plugin_v2;

__attribute__((visibility("default"))) const unsigned long otel_plugin_v2 = 4711;
