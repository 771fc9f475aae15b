/* SPDX-License-Identifier: Apache-2.0
 *
 * static_program.c - linked without the dynamic loader; shows what the launcher set.
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	const char *distro = getenv("OTEL_DISTRO");
	const char *preload = getenv("LD_PRELOAD");

	printf("%s %s 5\n", distro ? distro : "-", preload ? preload : "-");
	return 5;
}
