/* SPDX-License-Identifier: Apache-2.0
 *
 * neighbour.c - a library that lies beside the module that needs it, found through $ORIGIN.
 */
int neighbour(void);

__attribute__((visibility("default"))) int neighbour(void)
{
	return 0;
}
